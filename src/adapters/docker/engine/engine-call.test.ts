import { expect, it } from 'vitest';
import { engineCall, engineCallOrNull, engineFailure, statusOf } from './engine-call.ts';

const refused = Object.assign(new Error('(HTTP code 409) conflict'), {
  statusCode: 409,
  json: { message: 'is running' },
});

it('tells an engine that refuses from one that can not be reached', async () => {
  await expect(engineCall('asking', () => Promise.reject(refused))).rejects.toMatchObject({
    name: 'SandboxFailed',
    status: 409,
    reason: 'is running',
    doing: 'asking',
    cause: refused,
  });
  const silent = Object.assign(new Error('connect'), { code: 'EACCES' });
  await expect(engineCall('asking', () => Promise.reject(silent))).rejects.toMatchObject({
    name: 'EngineUnavailable',
    code: 'EACCES',
    whatToDo: expect.stringContaining('group'),
  });
});

it('gives up on an engine that takes a call and never answers', async () => {
  const silence = engineCall('asking', () => new Promise(() => undefined), 5);
  await expect(silence).rejects.toMatchObject({ name: 'EngineUnavailable', code: 'ETIMEDOUT' });
});

it('takes a program’s own error for a failure, not for an engine that is away', () => {
  const own = Object.assign(new Error('stream closed'), { code: 'ERR_STREAM_DESTROYED' });
  expect(engineFailure('asking', own)).toMatchObject({ name: 'SandboxFailed', reason: 'stream closed' });
});

it('answers null for what is not there and for the statuses that are named', async () => {
  const missing = Object.assign(new Error('no'), { statusCode: 404 });
  expect(await engineCallOrNull('asking', () => Promise.reject(missing))).toBeNull();
  expect(await engineCallOrNull('asking', () => Promise.reject(refused), [409])).toBeNull();
  await expect(engineCallOrNull('asking', () => Promise.reject(refused))).rejects.toThrow('is running');
});

it('keeps its own errors as they are', () => {
  const first = engineFailure('first', refused);
  expect(engineFailure('second', first)).toBe(first);
  expect(statusOf(first)).toBe(409);
  expect(statusOf('nonsense')).toBeNull();
});
