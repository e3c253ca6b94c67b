import { convoyFold } from '../domain/convoy/evolve.ts';
import type { StreamId } from '../domain/event.ts';
import { createConductor } from './dispatch/conduct.ts';
import type { TakesStep } from './dispatch/convoy-line.ts';
import { followEngine } from './dispatch/follow-engine.ts';
import { workInbox } from './gate/work-inbox.ts';
import { convoysWithBranchesLeft, liveConvoys } from './live-convoys.ts';
import { createMirror } from './mirror/create-mirror.ts';
import { runOfRunner } from './ports/bead-runs.ts';
import { createReconciler } from './reconcile/create-reconciler.ts';
import { followRuns } from './runs/follow-runs.ts';
import { endLeftSessions, leftSessions } from './session/end-left-sessions.ts';
import type { Town } from './town.ts';
import { createPatrol } from './witness/patrol.ts';
import { stepOfSession } from './witness/step-of-session.ts';

export interface OpenTown {
  /** Stores a delivery durably and says whether it is new; it is handled soon after. */
  receive(delivery: { guid: string; event: string; payload: unknown }): Promise<'new' | 'known'>;
  /** Resolves when no delivery is due; those that wait to be tried again are not waited for. */
  inboxEmpty(): Promise<void>;
  /** Resolves when no pass of the mirror is due; what GitHub failed at is tried again later, and not waited for. */
  mirrored(): Promise<void>;
  /** Resolves when what the mirror shows on GitHub is what the ledger says now. */
  caughtUp(): Promise<void>;
  /** Resolves when what runs elsewhere had asked, as far as the last look saw, is answered. */
  runsFollowed(): Promise<void>;
  /** Of the newest event that the town has looked at: what is behind the ledger is its lag. */
  position(): number;
  /** Compares GitHub with the ledger now, and asks for what was lost; without this it is done every few minutes. */
  reconcile(): Promise<void>;
  /** Stops everything at a point from which it goes on by itself, and resolves when all has stopped. Safe to call again. */
  close(): Promise<void>;
}

/** Sets a town to work: it takes up what an earlier process left, then follows the ledger and the inbox. */
export function openTown(town: Town): OpenTown {
  const conductor = createConductor(town, worksHere(town));
  const follower = town.runRefs === undefined ? null : followRuns(town, town.runRefs);
  const mirror = createMirror(town);
  const patrol = createPatrol(town, (stream, session) => {
    const key = stepOfSession(town.ledger.load(stream, convoyFold).state, session);
    return key === null ? null : conductor.runsSince(stream, key);
  });
  const inbox = workInbox(town);
  const reconciler = createReconciler(town);
  const touch = (stream: string): void => {
    if (!isConvoy(stream)) return;
    conductor.advance(stream);
    mirror.touch(stream);
  };
  let position = 0;
  const subscription = town.ledger.subscribe({
    after: 'now',
    handle: (event) => {
      touch(event.stream);
      patrol.hear(event);
      follower?.hear(event);
      position = event.position;
    },
    onError: () => 0,
  });
  const convoys = liveConvoys(town.ledger);
  // Asked before any work begins: what has no end now was cut off with an earlier process.
  const swept = sweep(town, convoys);
  for (const stream of convoys) {
    touch(stream);
    patrol.look(stream);
  }
  for (const stream of convoysWithBranchesLeft(town.ledger)) conductor.advance(stream);
  const stop = new AbortController();
  const following = followEngine(town, stop.signal);
  let closing: Promise<void> | undefined;
  return {
    async receive({ guid, event, payload }) {
      const receivedAt = town.clock().toISOString();
      const taken = await town.ledger.inbox.receive({ guid, event, payload, receivedAt });
      inbox.wake();
      return taken;
    },
    inboxEmpty: () => inbox.empty(),
    mirrored: () => mirror.settled(),
    caughtUp: () => mirror.caughtUp(),
    runsFollowed: async () => follower?.settled(),
    position: () => position,
    reconcile: () => reconciler.pass(),
    close() {
      closing ??= (async () => {
        await reconciler.close();
        await swept;
        await inbox.close();
        await patrol.close();
        await follower?.close();
        await conductor.close();
        stop.abort();
        await following;
        await mirror.close();
        await subscription.close();
        await town.sandboxes.close();
      })();
      return closing;
    },
  };
}

/** A bead that a run elsewhere holds is worked there. */
const worksHere =
  (town: Town): TakesStep =>
  (stream, step) => {
    if (step.kind !== 'polecat' || town.runRefs === undefined) return true;
    const lease = town.ledger.load(stream, convoyFold).state?.beads.get(step.bead)?.lease;
    return runOfRunner(lease?.runner ?? '') === null;
  };

async function sweep(town: Town, convoys: readonly StreamId[]): Promise<void> {
  const left = convoys.flatMap((stream) => leftSessions(town, stream));
  try {
    await endLeftSessions(town, left);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    town.onProgress({ kind: 'trouble', convoy: '', step: 'sweep', message, retryInMs: null });
  }
}

const isConvoy = (stream: string): stream is `convoy/${number}/${number}` => stream.startsWith('convoy/');
