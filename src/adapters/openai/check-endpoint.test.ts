import { expect, onTestFinished, test } from 'vitest';
import { startRehearsalModel } from '../../testing/rehearsal/start-rehearsal-model.ts';
import { checkEndpoint } from './check-endpoint.ts';

async function check(apiKey: string, models: readonly string[], path = '') {
  const server = await startRehearsalModel({ parts: [] }, { apiKey: 'right' });
  onTestFinished(() => server.close());
  return checkEndpoint({ baseURL: server.baseUrl + path, apiKey, models });
}

test('an endpoint that has the models is ready', async () => {
  expect(await check('right', ['rehearsal-mayor', 'rehearsal-polecat'])).toMatchObject({ status: 'ready' });
});

test('a wrong key is told in one sentence that does not hold it', async () => {
  const told = await check('wrong-key', []);
  expect(told).toMatchObject({ status: 'key-refused', message: expect.stringMatching(/refused the key/) });
  expect(JSON.stringify(told)).not.toContain('wrong-key');
});

test('a model that is not there is named, with some that are', async () => {
  expect(await check('right', ['gpt-0', 'rehearsal-mayor'])).toMatchObject({
    status: 'unknown-model',
    missing: ['gpt-0'],
    message: expect.stringMatching(/no model called gpt-0; it has .*rehearsal-analyst, /),
  });
});

test('an endpoint without a list of models leaves it open', async () => {
  expect(await check('right', ['x'], '/elsewhere')).toEqual({ status: 'unlisted' });
});

test('an endpoint that is not there', async () => {
  const told = await checkEndpoint({ baseURL: 'http://127.0.0.1:9/v1', apiKey: 'x', models: [] });
  expect(told).toMatchObject({
    status: 'unreachable',
    message: expect.stringContaining('http://127.0.0.1:9/v1'),
  });
});
