import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { Sandbox, Snapshot } from '../../../town/ports/sandbox.ts';

/** What a model in a container tries in order to use up what the town needs, one test each. */
const mib = 2 ** 20;
let under: SandboxesUnderTest;
let snapshot: Snapshot;
beforeAll(async () => {
  under = await sandboxesUnderTest({ maxWritableBytes: 64 * mib, warm: 1 });
  snapshot = await under.snapshot([{ path: 'a', content: 'a\n' }]);
});
afterAll(() => under.end());

/** The container still works, and so does another one. */
async function goesOn(sandbox: Sandbox): Promise<void> {
  expect((await shell(sandbox, 'cat a')).out).toBe('a\n');
  expect((await shell(await under.start(snapshot), 'cat a')).out).toBe('a\n');
}

it('a fork bomb', async () => {
  const sandbox = await under.start(snapshot);
  const bomb = await sandbox.exec('bomb() { bomb | bomb & }; bomb; sleep 30', { timeoutMs: 800 });
  expect(bomb.exitCode).not.toBe(0);
  await goesOn(sandbox);
});

/** Children that nobody ends, each in a session of its own, as many as there may be; `more` goes on in the forking process. */
const crowd = (more: string): string => `python3 -c '
import os, time
def fork():
    try:
        if os.fork() == 0:
            os.setsid()
            time.sleep(1000)
            os._exit(0)
        return True
    except BlockingIOError:
        return False
while fork():
    pass
${more}'`;

it('processes that stay, as many as there may be, and no shell left to answer', async () => {
  const sandbox = await under.start(snapshot);
  const crowded = await sandbox.exec(`${crowd('')}; kill -9 $PPID; sleep 30`, { timeoutMs: 20_000 });
  expect(crowded).toMatchObject({ exitCode: null, timedOut: false });
  await goesOn(sandbox);
  expect((await shell(sandbox, 'pgrep -c python3 || echo none')).out).toBe('0\nnone\n');
});

it('processes that are made anew as soon as some are killed', async () => {
  const sandbox = await under.start(snapshot);
  await shell(sandbox, 'true');
  const crowded = await sandbox.exec(crowd('while True: fork()'), { timeoutMs: 800 });
  expect(crowded).toMatchObject({ exitCode: null, timedOut: true });
  await goesOn(sandbox);
});

it('processes that fork and end, over and over, so that who lists them is always late', async () => {
  const sandbox = await under.start(snapshot);
  const walker = "python3 -c 'import os\nwhile True:\n  if os.fork(): os._exit(0)' &";
  const walked = await sandbox.exec(`${walker.repeat(8)} sleep 30`, { timeoutMs: 800 });
  expect(walked).toMatchObject({ exitCode: null, timedOut: true });
  expect((await shell(sandbox, 'pgrep -c python3 || echo none')).out).toBe('0\nnone\n');
});

it('a memory bomb', async () => {
  const sandbox = await under.start(snapshot);
  const eaten = await sandbox.exec('python3 -c "b\'x\' * 2_000_000_000"', { timeoutMs: 20_000 });
  expect(eaten.exitCode).not.toBe(0);
  await goesOn(sandbox);
});

it('a disk that is filled, by many files as by one', async () => {
  const sandbox = await under.start(snapshot);
  const filled = await sandbox.exec(
    'i=0; while :; do head -c 1000000 /dev/zero >/tmp/f$i; i=$((i + 1)); sleep 0.01; done',
    { timeoutMs: 30_000 },
  );
  expect(filled).toMatchObject({ exitCode: null, timedOut: false });
  expect(Buffer.from(filled.stderr.head).toString()).toContain('[stopped: the container has written more');
  await shell(sandbox, 'rm -f /tmp/f*');
  await goesOn(sandbox);
});

it('a gigabyte of output', async () => {
  const roomy = under.again({ maxWritableBytes: 2048 * mib });
  const labels = { convoy: 'convoy/1/1', purpose: 'test', session: 'output' };
  const limits = { memoryBytes: 512 * mib, cpus: 2, processes: 64 };
  const sandbox = await roomy.start({ snapshot, difference: null, limits, network: 'none', labels });
  const before = process.memoryUsage().rss;
  const said = await sandbox.exec('head -c 1000000000 /dev/zero', { timeoutMs: 60_000 });
  expect(said.exitCode).toBe(0);
  expect(said.stdout.omittedBytes + said.stdout.head.length + said.stdout.tail.length).toBe(1_000_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * mib);
  await goesOn(sandbox);
});

it('escape sequences and bytes that are no text, which come out as they are and steer nothing', async () => {
  const sandbox = await under.start(snapshot);
  const said = await sandbox.exec("printf '\\033]0;title\\007\\033[2J\\377\\000'", { timeoutMs: 60_000 });
  expect(Buffer.from(said.stdout.head)).toEqual(Buffer.from('\u001b]0;title\u0007\u001b[2J\xff\0', 'latin1'));
  await goesOn(sandbox);
});

it('files and names without number', async () => {
  const sandbox = await under.start(snapshot);
  const made = await shell(sandbox, 'python3 -c "[open(str(n), \'w\').close() for n in range(11_000)]"');
  expect(made.code).toBe(0);
  const { changes, refused } = await sandbox.takeOut();
  expect(changes).toHaveLength(10_000);
  expect(refused).toHaveLength(201);
  expect(refused.at(-1)?.path).toBe('… and 800 more');
});
