import { beadOfIssue } from '../../../domain/commands/decide-command.ts';
import { convoyStream } from '../../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { StreamId } from '../../../domain/event.ts';
import type { Town } from '../../town.ts';

export interface CommandTarget {
  readonly stream: StreamId;
  /** Null: the convoy as a whole. */
  readonly bead: number | null;
}

/** What an issue or pull request stands for: a convoy, or one of its beads; null for one that is none of ours. */
export function findTarget(town: Town, repositoryId: number, issue: number): CommandTarget | null {
  const own = convoyStream(repositoryId, issue);
  if (town.ledger.load(own, convoyFold).state !== null) return { stream: own, bead: null };
  for (const stream of town.ledger.streams(`convoy/${repositoryId}/`)) {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null) continue;
    if (state.pullRequest?.number === issue) return { stream, bead: null };
    const bead = beadOfIssue(state, issue);
    if (bead !== null) return { stream, bead };
  }
  return null;
}
