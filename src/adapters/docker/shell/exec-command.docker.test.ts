import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { Sandbox } from '../../../town/ports/sandbox.ts';

let under: SandboxesUnderTest;
let sandbox: Sandbox;

beforeAll(async () => {
  under = await sandboxesUnderTest();
  sandbox = await under.start(await under.snapshot([{ path: 'folder/file', content: 'content\n' }]));
});
afterAll(() => under.end());

it('keeps stdout, stderr and the exit status apart', async () => {
  expect(await shell(sandbox, 'echo one; echo two >&2; exit 7')).toEqual({
    out: 'one\n',
    err: 'two\n',
    code: 7,
  });
});

it('runs in the workspace, or in a folder of it, as the sandbox user', async () => {
  expect((await shell(sandbox, 'pwd; id -u; id -g; echo $HOME')).out).toBe(
    '/workspace\n1000\n1000\n/home/agent\n',
  );
  const below = await sandbox.exec('cat file', { cwd: 'folder', timeoutMs: 60_000 });
  expect(Buffer.from(below.stdout.head).toString()).toBe('content\n');
  const nowhere = await sandbox.exec('true', { cwd: 'nowhere', timeoutMs: 60_000 });
  expect(nowhere.exitCode).not.toBe(0);
});

it('hands every byte through, in and out', async () => {
  const all = Buffer.from(Array.from({ length: 1024 }, (_, i) => i % 256));
  const result = await sandbox.exec('cat', { stdin: all, timeoutMs: 60_000 });
  expect(Buffer.from(result.stdout.head)).toEqual(all);
});

it('is not led astray by output that looks like the end of a call', async () => {
  const script =
    "printf '%s' 'e0\n'; cat /proc/$PPID/cmdline; for i in 1 2 3; do echo 00000000000000000000000000000000e0; done";
  const result = await shell(sandbox, script);
  expect(result.code).toBe(0);
  expect(result.out.match(/0{32}e0/g)).toHaveLength(3);
});

it('drops a shell whose stream is written to from beside it, and goes on with another', async () => {
  const forged = await sandbox.exec('echo forged >/proc/$PPID/fd/1; kill -9 $PPID; sleep 5', {
    timeoutMs: 20_000,
  });
  expect(forged.exitCode).toBeNull();
  expect(forged.timedOut).toBe(false);
  expect(await shell(sandbox, 'echo fine')).toEqual({ out: 'fine\n', err: '', code: 0 });
});

it('keeps what a command leaves running out of the output of later ones', async () => {
  const first = await shell(
    sandbox,
    '(for i in 1 2 3 4 5 6 7 8 9; do echo late; sleep 0.02; done) & echo first',
  );
  expect(first.code).toBe(0);
  for (let call = 0; call < 5; call += 1)
    expect((await shell(sandbox, 'sleep 0.03; echo mine')).out).toBe('mine\n');
});

it('kills a command and all its descendants when its time is over', async () => {
  const result = await sandbox.exec(
    'echo begun; (setsid sh -c "sleep 61.1") & (sh -c "sleep 61.2 & sleep 61.3") & sleep 61.4',
    { timeoutMs: 1500 },
  );
  expect(result.timedOut).toBe(true);
  expect(result.exitCode).toBeNull();
  expect(Buffer.from(result.stdout.head).toString()).toBe('begun\n');
  expect((await shell(sandbox, 'pgrep -f "sleep 61[.]" || echo none')).out).toBe('none\n');
});

it('kills a command that ignores every signal it can, on abort', async () => {
  const abort = new AbortController();
  const running = sandbox.exec('trap "" TERM INT HUP; echo $$ >/tmp/stubborn; while :; do sleep 62.1; done', {
    timeoutMs: 30_000,
    signal: abort.signal,
  });
  await shell(sandbox, 'while ! [ -s /tmp/stubborn ]; do sleep 0.01; done');
  abort.abort();
  const result = await running;
  expect(result).toMatchObject({ exitCode: null, timedOut: false });
  expect((await shell(sandbox, 'pgrep -f "sleep 62[.]" || echo none')).out).toBe('none\n');
});

it('serves calls beside one that hangs, more than there are lanes', async () => {
  const abort = new AbortController();
  const hanging = sandbox.exec('sleep 63', { timeoutMs: 60_000, signal: abort.signal });
  const results = await Promise.all(Array.from({ length: 30 }, (_, i) => shell(sandbox, `echo ${i}`)));
  expect(results.map(({ out }) => Number(out))).toEqual(Array.from({ length: 30 }, (_, i) => i));
  abort.abort();
  expect((await hanging).exitCode).toBeNull();
});

it('caps output at head and tail, counts what is missing and says where all of it lies', async () => {
  const { stdout } = await sandbox.exec('seq 1 200000', { timeoutMs: 10_000, maxOutputBytes: 100 });
  const whole = 1_288_895;
  expect(Buffer.from(stdout.head).toString()).toMatch(/^1\n2\n3\n/);
  expect(Buffer.from(stdout.tail).toString()).toMatch(/\n199999\n200000\n$/);
  expect(stdout.head.length + stdout.tail.length).toBe(100);
  expect(stdout.omittedBytes).toBe(whole - 100);
  const read = await sandbox.readFile(stdout.file ?? '', { maxBytes: 10, offset: whole - 7 });
  expect(read).toEqual({ status: 'read', bytes: Buffer.from('200000\n'), sizeBytes: whole });
});

it('takes commands longer than an argument may be, and refuses a NUL byte', async () => {
  const long = `: ${'x'.repeat(300_000)}\necho done`;
  expect(await shell(sandbox, long)).toMatchObject({ out: 'done\n', code: 0 });
  expect((await shell(sandbox, 'echo a\0b')).code).toBe(126);
});

it('leaves signals as they are for what it runs', async () => {
  const result = await shell(
    sandbox,
    `python3 -c 'import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)'`,
  );
  expect(result.out).toBe('True\n');
});

it('rejects once the container is gone', async () => {
  const other = await under.start(await under.snapshot([{ path: 'a' }]));
  await shell(other, 'true');
  await other.remove();
  await expect(other.exec('true', { timeoutMs: 1000 })).rejects.toMatchObject({ name: 'WorkspaceLost' });
});
