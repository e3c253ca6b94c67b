import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import type { StreamId } from '../../../domain/event.ts';
import type { LedgerReader } from '../../../ledger/open-reader.ts';
import { CannotRun } from '../cannot-run.ts';
import { reading } from '../ledger/ledger-command.ts';

/** What a workspace's town remembers, read beside it while it works or long after. */
export interface TownMemory {
  readonly reader: LedgerReader;
  /** In the order in which they were opened. */
  readonly convoys: readonly Convoy[];
}

export interface Place {
  readonly workspace: string;
  /** Where relative paths start. */
  readonly cwd: string;
}

/** Reads the town of a workspace. Throws `CannotRun`, also where there is no town yet. */
export function readTown<R>({ workspace, cwd }: Place, read: (memory: TownMemory) => R): R {
  requireTown(resolve(cwd, workspace));
  return reading({ workspace, json: false }, cwd, (reader) => read({ reader, convoys: convoysOf(reader) }));
}

/** Throws `CannotRun` where an absolute folder has no town yet. */
export function requireTown(folder: string): void {
  if (existsSync(join(folder, '.gas-town', 'beads.db'))) return;
  throw new CannotRun(
    'notFound',
    `There is no town in ${folder} yet: gastown run "<task>" --workspace ${folder} starts one.`,
  );
}

function convoysOf({ log }: LedgerReader): readonly Convoy[] {
  return log.streams('convoy/').flatMap((stream: StreamId) => {
    const state = log.read(stream, 0).reduce(convoyFold.evolve, convoyFold.initial(stream));
    return state === null ? [] : [state];
  });
}
