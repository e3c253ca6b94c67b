import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testEngine } from '../../../testing/engine.ts';
import { sandboxesUnderTest, shell } from '../../../testing/sandbox/sandboxes-under-test.ts';
import { watchEngine } from './watch-engine.ts';

/** A socket of our own before the real engine's: closing it is what an engine's stop looks like from here. */
class Door {
  readonly path: string;
  readonly #engine: string;
  readonly #open = new Set<Socket>();
  #server: Server | null = null;

  constructor(path: string, engine: string) {
    this.path = path;
    this.#engine = engine;
  }

  async open(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ path: this.#engine, allowHalfOpen: true });
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.#open.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(this.path, resolve));
    this.#server = server;
  }

  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}

let folder: string;
let door: Door;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gas-town-door-'));
  const endpoint = await testEngine();
  door = new Door(join(folder, 'docker.sock'), endpoint.socketPath ?? '/var/run/docker.sock');
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
