import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { appendRows } from './append-rows.ts';
import { bytesRow } from './bytes-row.ts';
import { fileSystemOf } from './file-system.ts';
import { foldRow, snapshotRow } from './fold-rows.ts';
import { gitRows } from './git-rows.ts';
import type { Files, RowGroup } from './group.ts';
import { latencyRows, rebuildRows } from './million-rows.ts';

const groups: readonly RowGroup[] = [
  appendRows({
    name: 'append-1-normal',
    synchronous: 'normal',
    batch: 1,
    clients: 1,
    targetR: 0.5,
    targetE: 8,
  }),
  appendRows({ name: 'append-64-full', synchronous: 'full', batch: 1, clients: 64, targetR: 3, targetE: 15 }),
  appendRows({
    name: 'append-100-normal',
    synchronous: 'normal',
    batch: 100,
    clients: 1,
    targetR: 0.35,
    targetE: 5,
  }),
  foldRow,
  snapshotRow,
  bytesRow,
  rebuildRows,
  latencyRows,
  gitRows,
];

/** Beside the program, as a ledger lies in a workspace: the folder for temporary files is on some machines no disk. */
const cache = join(import.meta.dirname, '../../node_modules/.cache');

/** Every figure of the ledger; runs of one figure and its references take turns, and the median counts. */
export async function* rows(isWanted: (name: string) => boolean): AsyncGenerator<Row> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bench-ledger-'));
  let made = 0;
  const files: Files = {
    fileSystem: await fileSystemOf(folder),
    next() {
      made += 1;
      return join(folder, `${made}.db`);
    },
    named: (name) => join(folder, name),
  };
  try {
    for (const group of groups) {
      if (group.names.some(isWanted)) yield* group.measure(files, isWanted);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
