import { expect, test } from 'vitest';
import { createOperations, type OperationsParts } from './operations-app.ts';

const parts: OperationsParts = {
  readiness: async () => ({ town: true, engine: true }),
  metrics: { contentType: 'text/plain; version=0.0.4', text: async () => 'gastown_beads 1\n' },
  access: { kind: 'loopback' },
};

const ask = async (
  path: string,
  given: Partial<OperationsParts> = {},
  headers: Record<string, string> = {},
) => {
  const host = { host: '127.0.0.1:3000', ...headers };
  const answer = await createOperations({ ...parts, ...given }).request(path, { headers: host });
  return { status: answer.status, text: await answer.text() };
};

test('it lives, and says of each thing that it needs whether it is there', async () => {
  expect(await ask('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect((await ask('/readyz')).status).toBe(200);
  const { status, text } = await ask('/readyz', { readiness: async () => ({ town: true, engine: false }) });
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({ ready: false, checks: { town: true, engine: false } });
});

test('the figures are shown on loopback under its own name, and elsewhere to who brings the token', async () => {
  expect(await ask('/metrics')).toEqual({ status: 200, text: 'gastown_beads 1\n' });
  expect((await ask('/metrics', {}, { host: 'evil.example' })).status).toBe(421);
  const access = { kind: 'token', token: 'a long secret' } as const;
  expect((await ask('/metrics', { access })).status).toBe(401);
  expect((await ask('/metrics', { access }, { authorization: 'Bearer wrong' })).status).toBe(401);
  const shown = await ask(
    '/metrics',
    { access },
    { authorization: 'Bearer a long secret', host: 'town.example' },
  );
  expect(shown.status).toBe(200);
});
