import { endRun, startRun } from '../../domain/convoy/decisions/follow-run.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';

/** A run that was ordered for a bead, and what told of it. */
export interface ToldRun {
  readonly stream: StreamId;
  readonly bead: number;
  readonly run: number;
  readonly cause: string;
}

export async function recordRunStart(town: Town, { stream, bead, run, cause }: ToldRun): Promise<void> {
  const by = { stream, fold: convoyFold, actor: 'github', cause };
  await town.ledger.decide({ ...by, decide: (state) => startRun(state, { bead, run }) });
}

/** `how`: GitHub's word (`success`, `failure`, `cancelled`, `timed_out`, …), or `gone`. */
export async function recordRunEnd(
  town: Town,
  { stream, bead, run, cause }: ToldRun,
  how: string,
): Promise<void> {
  const by = { stream, fold: convoyFold, actor: 'github', cause };
  await town.ledger.decide({ ...by, decide: (state) => endRun(state, { bead, run, how }) });
}
