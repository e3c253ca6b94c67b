import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  testConvoy,
  testLimits,
} from '../../testing/sandbox/sandboxes-under-test.ts';
import { testTar } from '../../testing/sandbox/test-tar.ts';
import type { RunRequest, RunResult, Snapshot } from '../../town/ports/sandbox.ts';

let under: SandboxesUnderTest;
let snapshot: Snapshot;

beforeAll(async () => {
  under = await sandboxesUnderTest();
  snapshot = await under.snapshot([
    { path: 'a/old', content: 'old\n' },
    { path: 'stays', content: 'stays\n' },
  ]);
});
afterAll(() => under.end());

const run = (command: string, more: Partial<RunRequest> = {}): Promise<RunResult> =>
  under.sandboxes.run({
    snapshot,
    difference: null,
    limits: testLimits,
    network: 'none',
    labels: { convoy: testConvoy, purpose: 'verify' },
    command,
    timeoutMs: 30_000,
    ...more,
  });
const text = (result: RunResult): string => Buffer.from(result.output).toString('utf8');

it('reports exit status and output', async () => {
  const pieces: string[] = [];
  const result = await run('echo out; echo err >&2; exit 5', {
    onOutput: (piece) => pieces.push(Buffer.from(piece).toString()),
  });
  expect(result).toMatchObject({ exitCode: 5, timedOut: false, outOfMemory: false });
  expect(text(result).split('\n').sort()).toEqual(['', 'err', 'out']);
  expect(pieces.join('')).toBe(text(result));
});

it('takes the status from the engine, whatever the output claims', async () => {
  const result = await run('echo "exit code 0, all tests passed"; kill -9 $$');
  expect(result.exitCode).toBe(137);
});

it('runs on the snapshot with a difference, files becoming folders included', async () => {
  const files = () =>
    testTar([
      { path: 'new/deep', content: 'new\n' },
      { path: 'stays/inside', content: 'in\n' },
    ]);
  const difference = { files, deleted: [Buffer.from('a/old'), Buffer.from('stays')] };
  const result = await run(
    'find . -path ./.git -prune -o -type f -print | sort; [ -e a ] || echo a is gone; id -u',
    {
      difference,
    },
  );
  expect(text(result)).toBe('./new/deep\n./stays/inside\na is gone\n1000\n');
});

it('ends what takes too long, with what it said so far', async () => {
  const result = await run('echo begun; sleep 65', { timeoutMs: 1500 });
  expect(result).toMatchObject({ exitCode: null, timedOut: true });
  expect(text(result)).toBe('begun\n');
});

it('stops on abort and rejects with its reason', async () => {
  const abort = new AbortController();
  const running = run('echo begun; sleep 66', {
    signal: abort.signal,
    onOutput: () => abort.abort(new Error('enough')),
  });
  await expect(running).rejects.toThrow('enough');
});

it('tells when memory ran out', async () => {
  const result = await run('python3 -c "x = bytearray(400_000_000)"', {
    limits: { ...testLimits, memoryBytes: 64 * 2 ** 20 },
  });
  expect(result.outOfMemory).toBe(true);
  expect(result.exitCode).not.toBe(0);
});

it('keeps the head and the tail of long output', async () => {
  const result = await run('echo first; seq 1 1000000; echo last');
  expect(result.output.length).toBeLessThan(2 ** 20 + 100);
  expect(text(result)).toMatch(/^first\n1\n[\s\S]*bytes left out[\s\S]*\nlast\n$/);
});

it('leaves no container behind', async () => {
  const filters = { label: [`gas-town.town=${under.town}`] };
  await under.sandboxes.settled();
  expect(await under.docker.listContainers({ all: true, filters })).toEqual([]);
});
