import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rigImage, testEngine } from '../../../testing/engine.ts';
import { buildRootImage } from '../../testing/build-root-image.ts';
import type { ActionCall, RunAction } from '../options.ts';
import { containerRunner, jobLabel } from './container-runner.ts';

const image = 'forge-container-runner-test:latest';
let files: string;
let docker: Docker;
let run: RunAction;
let printed: string;

beforeEach(async () => {
  files = await mkdtemp(path.join(tmpdir(), 'forge-job-'));
  printed = '';
  const engine = await testEngine();
  const socketPath = 'socketPath' in engine ? engine.socketPath : '';
  docker = new Docker(engine);
  await buildRootImage(docker, image, rigImage, ['sh', '-c']);
  run = containerRunner({ engine, socketPath, imageOf: async () => image });
});

afterEach(async () => {
  const left = await docker.listContainers({ all: true, filters: { label: [`${jobLabel}=${files}`] } });
  expect(left).toEqual([]);
  await docker.getImage(image).remove({ force: true });
  await rm(files, { recursive: true });
});

function call(script: string, more: Partial<ActionCall> = {}): ActionCall {
  const never = new AbortController().signal;
  const write = (text: string) => {
    printed += text;
  };
  const env = { GITHUB_WORKSPACE: files, GITHUB_OUTPUT: path.join(files, 'output'), SAID: 'hello' };
  return { folder: '/', args: [script], env, files, write, interrupt: never, kill: never, ...more };
}

test('a fresh container has the job’s files, environment and the engine’s socket, is told by its status, and goes', async () => {
  const script = 'pwd; echo "$SAID" | tee "$GITHUB_OUTPUT"; test -S /var/run/docker.sock && exit 3';
  expect(await run(call(script))).toBe(3);
  expect(printed).toBe(`${files}\nhello\n`);
  expect(await run(call('cat "$GITHUB_OUTPUT"'))).toBe(0);
});

test('it is asked to end by itself, and killed when its runner is lost', async () => {
  const interrupt = new AbortController();
  const polite = call('trap "exit 9" INT; echo up; while :; do sleep 0.05; done', {
    interrupt: interrupt.signal,
    write: () => interrupt.abort(),
  });
  expect(await run(polite)).toBe(9);
  const kill = new AbortController();
  const stubborn = call('trap "" INT; echo up; sleep 60', { kill: kill.signal, write: () => kill.abort() });
  expect(await run(stubborn)).toBe(137);
});
