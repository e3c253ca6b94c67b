import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { rigImage } from '../../src/testing/engine.ts';
import type { Snapshot } from '../../src/town/ports/sandbox.ts';
import { absolute, type Row, relative, timed } from '../row.ts';
import type { BenchEngine } from './bench-engine.ts';
import { madeTree, pathOfFile, tree1gb } from './made-tree.ts';

const changedFiles = 20;

function changedTar(): Readable {
  const archive = pack();
  for (let index = 0; index < changedFiles; index += 1) {
    const name = pathOfFile(index * 7);
    archive.entry({ name, uid: 1000, gid: 1000, mode: 0o644 }, Buffer.alloc(tree1gb.bytesPerFile, index));
  }
  archive.finalize();
  return Readable.from(archive);
}

/** A tar into a container and a commit: what any way from nothing costs on this engine. */
async function tarAndCommit(engine: BenchEngine): Promise<void> {
  const container = await engine.docker.createContainer({ Image: rigImage });
  await container.putArchive(madeTree(tree1gb), { path: '/workspace' });
  const { Id } = await container.commit();
  await container.remove();
  await engine.docker.getImage(Id).remove();
}

/** Makes the snapshot of 1 GB that other benches start on, and the next one after it. */
export async function* snapshots(engine: BenchEngine, done: (large: Snapshot) => void): AsyncIterable<Row> {
  const line = { name: 'bench', differenceFrom: async () => null };
  const bare = [await timed(() => tarAndCommit(engine))];
  const first = await timed(async () => done(await engine.snapshot('large', tree1gb, line)));
  bare.push(await timed(() => tarAndCommit(engine)));
  yield relative('sandbox', {
    name: 'snapshot-first/tar-commit',
    value: first / 1000,
    unit: 's',
    target: 1.5,
    better: 'lower',
    reference: { name: 'tar into a container and commit', value: Math.min(...bare) / 1000 },
  });
  let next: Snapshot | null = null;
  const after = { ...line, differenceFrom: async () => ({ files: changedTar, deleted: [] }) };
  const nextMs = await timed(async () => {
    next = await engine.snapshot('next', tree1gb, after);
  });
  yield absolute('sandbox', {
    name: 'snapshot-next-s',
    value: nextMs / 1000,
    unit: 's',
    target: 2,
    better: 'lower',
  });
  if (next === null) return;
  const layer = (await engine.docker.getImage((next as Snapshot).imageId).history())[0] as { Size: number };
  yield relative('sandbox', {
    name: 'snapshot-next-bytes/changed',
    value: layer.Size,
    unit: 'B',
    target: 1.5,
    better: 'lower',
    reference: { name: 'bytes that changed', value: changedFiles * tree1gb.bytesPerFile },
  });
}
