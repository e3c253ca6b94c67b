import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { SnapshotRequest, SnapshotResult } from '../../../town/ports/sandbox.ts';
import { KnownSnapshots } from './known-snapshots.ts';

const limits = { memoryBytes: 1, cpus: 1, processes: 1 };
const request = (convoy: string, tree = 'a'): SnapshotRequest => ({
  image: 'rig',
  tree,
  files: () => Readable.from([]),
  setup: [],
  limits,
  labels: { convoy, purpose: 'setup' },
});
const failed: SnapshotResult = { status: 'setup-failed', command: 'make', exitCode: 1, output: '' };

function maker() {
  const known = new KnownSnapshots();
  let made = 0;
  const make = async (): Promise<SnapshotResult> => {
    made += 1;
    return { status: 'ready', snapshot: { imageId: `image-${made}`, tree: 'a' } };
  };
  return { known, make, made: () => made };
}

test('a snapshot is made once for each tree of each convoy, for those too who come while it is made', async () => {
  const { known, make, made } = maker();
  const first = await Promise.all([known.of(request('one'), make), known.of(request('one'), make)]);
  expect(first[0]).toBe(first[1]);
  expect(await known.of(request('one'), make)).toBe(first[0]);
  expect(made()).toBe(1);
  await known.of(request('two'), make);
  await known.of(request('one', 'b'), make);
  expect(made()).toBe(3);
});

test('what is forgotten is made again, the rest is not', async () => {
  const { known, make, made } = maker();
  await known.of(request('one'), make);
  await known.of(request('two'), make);
  known.forget((one) => one.imageId === 'image-1');
  await known.of(request('two'), make);
  expect(made()).toBe(2);
  await known.of(request('one'), make);
  expect(made()).toBe(3);
});

test('a set-up that failed and an engine that was away are tried again', async () => {
  const { known, make, made } = maker();
  expect(await known.of(request('one'), async () => failed)).toBe(failed);
  await expect(known.of(request('one'), () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await known.of(request('one'), make)).toMatchObject({ status: 'ready' });
  expect(made()).toBe(1);
});
