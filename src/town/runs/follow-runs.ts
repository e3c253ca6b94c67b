import { convoyFold } from '../../domain/convoy/evolve.ts';
import { liveRuns, worksOnRuns } from '../../domain/convoy/run-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { RunRefs } from '../../ledger/ports/run-refs.ts';
import { releaseOfRun } from '../dispatch/release-dead.ts';
import { runOfRunner } from '../ports/bead-runs.ts';
import type { RepositoryRef } from '../ports/hub.ts';
import type { Progress, Town } from '../town.ts';
import { answerRuns } from './answer-runs.ts';
import { learnRunEnds } from './learn-run-ends.ts';

export interface RunFollower {
  /** Takes in what happened to a convoy. */
  hear(event: RecordedEvent): void;
  /** Makes a look at once, or after the one that runs. Never rejects: what went wrong is told as trouble. */
  look(): Promise<void>;
  /** Resolves when no look runs and none is due at once. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Follows the runs that work beads elsewhere: lists the refs of each rig of which a run is at work, again and again at the
 * pace that it is given, and at once when one has ended. Where no run is at work there is no timer at all.
 */
export function followRuns(town: Town, runs: RunRefs): RunFollower {
  /** Rigs where something is over and may not be cleared away yet; at the start, nobody knows. */
  const unsettled = new Set(rigsOf(town, () => true).keys());
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const lookAt = async (rig: RepositoryRef, convoys: readonly Convoy[]): Promise<void> => {
    // Before the look: what is over from now on, it may not have seen.
    const wasUnsettled = unsettled.delete(rig.id);
    const { unread, isWhole } = await answerRuns(town, runs, rig).catch((error: unknown) => {
      if (wasUnsettled) unsettled.add(rig.id);
      throw error;
    });
    if (wasUnsettled && !isWhole) unsettled.add(rig.id);
    for (const { stream, opened } of convoys) {
      if (!unread.has(opened.issue)) await releaseEnded(town, stream as StreamId);
    }
  };

  const isDue = (convoy: Convoy): boolean => isAtWork(convoy) || unsettled.has(convoy.opened.repository.id);
  const due = (): Rigs => rigsOf(town, isDue);
  const pass = async (): Promise<void> => {
    for (const { rig, convoys } of due().values()) {
      try {
        if (!closed) await lookAt(rig, convoys);
      } catch (error) {
        town.onProgress(troubleWith(rig, error, runs.everyMs));
      }
    }
  };

  const wait = (): void => {
    if (closed || timer !== undefined || due().size === 0) return;
    timer = town.later(() => void look(), runs.everyMs);
  };

  const loop = async (): Promise<void> => {
    try {
      do {
        again = false;
        clearTimeout(timer);
        timer = undefined;
        await pass();
      } while (again && !closed);
    } finally {
      // In the same turn as the last question whether to go on: nobody can ask for a look that is then forgotten.
      running = null;
      wait();
    }
  };

  const look = (): Promise<void> => {
    again = running !== null;
    running ??= loop();
    return running;
  };

  let learning = learnRunEnds(town, town.ledger.streams('convoy/')).then(() => look());

  const settle = (stream: StreamId): void => {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null || !worksOnRuns(state)) return;
    unsettled.add(state.opened.repository.id);
    void look();
  };

  return {
    look,
    hear(event) {
      if (overs.has(event.type)) settle(event.stream);
      else if (event.type === 'RunStarted') wait();
      else if (event.type === 'EffectConfirmed' && event.data.kind === 'workflow-run') {
        // What GitHub said of it before this was known could not be told to be about it.
        learning = learning.then(() => learnRunEnds(town, [event.stream]));
      }
    },
    async settled() {
      await learning;
      await running;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await learning;
      await running;
      clearTimeout(timer);
    },
  };
}

const overs: ReadonlySet<RecordedEvent['type']> = new Set([
  'ConvoyCancelled',
  'ConvoyFailed',
  'ConvoyLanded',
  'RunEnded',
]);

function troubleWith(rig: RepositoryRef, error: unknown, retryInMs: number): Progress {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'trouble', convoy: '', step: `runs of ${rig.owner}/${rig.name}`, message, retryInMs };
}

type Rigs = ReadonlyMap<number, { readonly rig: RepositoryRef; readonly convoys: readonly Convoy[] }>;

/** Convoys whose beads are worked elsewhere, by rig. */
function rigsOf(town: Town, is: (convoy: Convoy) => boolean): Rigs {
  const found = new Map<number, { readonly rig: RepositoryRef; readonly convoys: Convoy[] }>();
  for (const stream of town.ledger.streams('convoy/')) {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null || !worksOnRuns(state) || !is(state)) continue;
    const { repository: rig } = state.opened;
    const known = found.get(rig.id) ?? { rig, convoys: [] };
    known.convoys.push(state);
    found.set(rig.id, known);
  }
  return found;
}

/** A run has found a runner and is not over. */
function isAtWork(convoy: Convoy): boolean {
  return liveRuns(convoy).some(({ run }) => run !== null && convoy.startedRuns.has(run));
}

/** Gives back what a run held that is over; what it had still asked for was answered before. */
async function releaseEnded(town: Town, stream: StreamId): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null || state.ended) return;
  for (const { number: bead, lease } of state.beads.values()) {
    const how = lease === null ? undefined : state.endedRuns.get(runOfRunner(lease.runner) ?? 0);
    if (lease !== null && how !== undefined) await releaseOfRun(town, stream, { bead, lease }, how);
  }
}
