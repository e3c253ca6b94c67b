import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActionCall } from '../options.ts';
import { processRunner } from './process-runner.ts';

let files: string;
let printed: string;
const run = processRunner({ command: 'sh', args: ['-c'], env: { PATH: process.env.PATH ?? '' } });

beforeEach(async () => {
  files = await realpath(await mkdtemp(path.join(tmpdir(), 'forge-job-')));
  printed = '';
});

afterEach(() => rm(files, { recursive: true }));

function call(script: string, more: Partial<ActionCall> = {}): ActionCall {
  const never = new AbortController().signal;
  const write = (text: string) => {
    printed += text;
  };
  const env = { GITHUB_WORKSPACE: files, SAID: 'hello' };
  return { folder: '/', args: [script], env, files, write, interrupt: never, kill: never, ...more };
}

test('a program has the job’s environment and workspace, and its output and status are told', async () => {
  expect(await run(call('pwd; echo "$SAID"; echo "$HOME" >&2; exit 3'))).toBe(3);
  expect(printed.split('\n').sort()).toEqual(['', '', files, 'hello'].sort());
});

test('it is asked to end by itself, and killed with all that it started when it does not', async () => {
  const interrupt = new AbortController();
  const write = () => interrupt.abort();
  const polite = call('trap "exit 9" INT; echo up; while :; do sleep 0.01; done', {
    interrupt: interrupt.signal,
    write,
  });
  expect(await run(polite)).toBe(9);
  const kill = new AbortController();
  const stubborn = call('trap "" INT; echo up; sleep 60 & wait', {
    kill: kill.signal,
    write: () => kill.abort(),
  });
  expect(await run(stubborn)).toBe(137);
});

test('a program that is not there is the runner’s error', async () => {
  const missing = processRunner({ command: '/nowhere/program', args: [], env: {} });
  await expect(missing(call(''))).rejects.toMatchObject({ code: 'ENOENT' });
});
