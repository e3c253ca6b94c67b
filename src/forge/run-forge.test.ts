import { expect, test } from 'vitest';
import { InvalidSeedError, runForge } from './index.ts';
import { gitClient } from './testing/git-client.ts';

test('one line of JSON says how to reach it; it serves until it is stopped', async () => {
  const printed: string[] = [];
  const stop = new AbortController();
  const line = Promise.withResolvers<string>();
  const print = (text: string) => {
    printed.push(text);
    line.resolve(text);
  };
  const running = runForge({ seed: 'acme/widgets', json: true, print, stop: stop.signal });
  const told = JSON.parse(await line.promise) as Record<string, string> & {
    app: { id: number; installationId: number };
  };
  expect(told).toMatchObject({ owner: 'acme', repo: 'widgets' });
  expect(Object.keys(told.app)).toEqual(['id', 'privateKey', 'installationId']);
  const answer = await fetch(`${told.api}/user`, { headers: { authorization: `Bearer ${told.token}` } });
  expect(((await answer.json()) as { login: string }).login).toBe('acme');
  const client = await gitClient(told.token);
  await client.git('clone', '-q', `${told.html}/acme/widgets.git`, 'copy');
  expect(await client.git('-C', 'copy', 'log', '--format=%s')).toBe('Initial commit');
  await client.close();
  stop.abort();
  await running;
  expect(printed).toHaveLength(1);
  await expect(fetch(`${told.api}/user`)).rejects.toThrow();
});

test('a seed that names no repository is refused before anything starts', async () => {
  const stop = AbortSignal.abort();
  for (const seed of ['acme', 'acme/', '/widgets', 'a/b/c']) {
    await expect(runForge({ seed, json: false, print: () => {}, stop })).rejects.toThrow(InvalidSeedError);
  }
  await expect(runForge({ seed: 'acme/..', json: false, print: () => {}, stop })).rejects.toMatchObject({
    name: 'InvalidNameError',
  });
});
