import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { pingEngine } from './engine-api.js';
import { onPath } from './on-path.js';
import { engineFiles, startPrivateEngine, stopPrivateEngine } from './private-engine.js';

const run = promisify(execFile);
const mayStart = process.getuid?.() === 0 && onPath('dockerd', process.env) !== undefined;

/** No bridge and no firewall rules of its own. */
const noNetwork = ['--bridge=none', '--iptables=false', '--ip6tables=false'];

/**
 * A `dockerd` that starts in a network namespace of its own. An engine without a bridge removes `docker0` where it starts:
 * in the host's namespace that would cut off the containers of another engine.
 */
async function dockerdApart(folder: string): Promise<string> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  const program = `#!/bin/sh\nexec unshare --net ${onPath('dockerd', process.env)} "$@"\n`;
  await writeFile(path.join(bin, 'dockerd'), program, { mode: 0o755 });
  return `${bin}:${process.env.PATH}`;
}

/** Starts the engine from a process that ends at once. */
async function startFromElsewhere(folder: string, PATH: string) {
  const module = path.join(import.meta.dirname, 'private-engine.js');
  const script = `const m = await import(${JSON.stringify(module)}); await m.startPrivateEngine(process.env, ${JSON.stringify(noNetwork)});`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, PATH, GASTOWN_STATE: folder, GASTOWN_ENGINE_GIB: '1' },
  });
}

/** Kills the engine without warning and waits until it is gone: the stream of its events ends then. */
function kill(pid: number, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const events = request({ socketPath, path: '/events', agent: false });
    events.on('error', reject);
    events.on('response', (response) => {
      response.on('error', () => resolve());
      response.on('end', () => resolve());
      response.resume();
      process.kill(pid, 'SIGKILL');
    });
    events.end();
  });
}

test.runIf(mayStart)(
  'a private engine outlives its starter, comes back after a kill, and stops',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gt-'));
    const env = { GASTOWN_STATE: folder };
    const apart = await dockerdApart(folder);
    const { socket, pid, data } = engineFiles(env);
    onTestFinished(async () => {
      await stopPrivateEngine(env);
      await rm(folder, { recursive: true, force: true });
    });

    await startFromElsewhere(folder, apart);
    expect(await pingEngine({ socketPath: socket })).toEqual({ answers: true });
    const first = Number(await readFile(pid, 'utf8'));

    const room = await statfs(data);
    expect(room.blocks * room.bsize).toBeLessThan(2 ** 30);
    expect((await stat(data)).dev).not.toBe((await stat(folder)).dev);

    await kill(first, socket);
    expect(existsSync(pid)).toBe(true);
    expect(await pingEngine({ socketPath: socket })).toMatchObject({ answers: false });

    await startFromElsewhere(folder, apart);
    expect(await pingEngine({ socketPath: socket })).toEqual({ answers: true });
    expect(Number(await readFile(pid, 'utf8'))).not.toBe(first);

    expect((await stat(data)).dev).not.toBe((await stat(folder)).dev);
    expect(await stopPrivateEngine(env)).toBe(true);
    expect((await stat(data)).dev).toBe((await stat(folder)).dev);
    expect(await pingEngine({ socketPath: socket })).toMatchObject({ answers: false });
    expect(await stopPrivateEngine(env)).toBe(false);
  },
);

test('a state folder too long for sockets is refused before anything is made', async () => {
  const env = { GASTOWN_STATE: path.join(tmpdir(), 'x'.repeat(90)) };
  const refusal = { status: 13, message: expect.stringContaining('GASTOWN_STATE') };
  await expect(startPrivateEngine(env)).rejects.toMatchObject(refusal);
  expect(existsSync(env.GASTOWN_STATE)).toBe(false);
});
