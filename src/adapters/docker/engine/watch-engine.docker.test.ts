import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testEngine } from '../../../testing/engine.ts';
import { EngineDoor } from '../../../testing/engine-door.ts';
import { sandboxesUnderTest, shell } from '../../../testing/sandbox/sandboxes-under-test.ts';
import { watchEngine } from './watch-engine.ts';

let folder: string;
let door: EngineDoor;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gas-town-door-'));
  const endpoint = await testEngine();
  door = new EngineDoor(join(folder, 'docker.sock'), endpoint.socketPath ?? '/var/run/docker.sock');
  await door.open();
});
afterEach(async () => {
  await door.shut();
  await rm(folder, { recursive: true });
});

it('tells when the engine goes away and when it is back', async () => {
  const docker = new Dockerode({ socketPath: door.path });
  const stop = new AbortController();
  const told: string[] = [];
  let heard: () => void = () => undefined;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve;
    });
  const tell = (what: string): void => {
    told.push(what);
    heard();
  };
  let happened = next();
  const watching = watchEngine(docker, {
    signal: stop.signal,
    onLost: ({ name }) => tell(name),
    onAnswers: () => tell('answers'),
  });
  await happened;
  happened = next();
  await door.shut();
  await happened;
  happened = next();
  await door.open();
  await happened;
  stop.abort();
  await watching;
  expect(told).toEqual(['answers', 'EngineUnavailable', 'answers']);
});

it('fails calls while the engine is away, and goes on with the same sandbox afterwards', async () => {
  const docker = new Dockerode({ socketPath: door.path });
  const under = await sandboxesUnderTest({ docker });
  const sandbox = await under.start(await under.snapshot([{ path: 'a', content: 'a\n' }]));
  await shell(sandbox, 'echo kept >kept');
  const hanging = expect(sandbox.exec('sleep 68', { timeoutMs: 30_000 })).rejects.toMatchObject({
    name: 'EngineUnavailable',
  });
  await shell(sandbox, 'until pgrep -f "sleep 68" >/dev/null; do sleep 0.01; done');
  await door.shut();
  await hanging;
  await expect(sandbox.takeOut()).rejects.toMatchObject({ name: 'EngineUnavailable' });
  await door.open();
  expect((await shell(sandbox, 'cat kept')).out).toBe('kept\n');
  await under.end();
});
