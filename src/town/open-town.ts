import { convoyFold } from '../domain/convoy/evolve.ts';
import type { StreamId } from '../domain/event.ts';
import { createConductor } from './dispatch/conduct.ts';
import { workInbox } from './gate/work-inbox.ts';
import { createMirror } from './mirror/create-mirror.ts';
import type { Town } from './town.ts';

export interface OpenTown {
  /** Stores a delivery durably and says whether it is new; it is handled soon after. */
  receive(delivery: { guid: string; event: string; payload: unknown }): Promise<'new' | 'known'>;
  /** Resolves when no delivery is due; those that wait to be tried again are not waited for. */
  inboxEmpty(): Promise<void>;
  /** Resolves when what the mirror shows on GitHub is what the ledger says now. */
  mirrored(): Promise<void>;
  /** Stops everything at a point from which it goes on by itself, and resolves when all has stopped. Safe to call again. */
  close(): Promise<void>;
}

/** Sets a town to work: it takes up what an earlier process left, then follows the ledger and the inbox. */
export function openTown(town: Town): OpenTown {
  const conductor = createConductor(town);
  const mirror = createMirror(town);
  const inbox = workInbox(town);
  const touch = (stream: string): void => {
    if (!isConvoy(stream)) return;
    conductor.advance(stream);
    mirror.touch(stream);
  };
  const subscription = town.ledger.subscribe({
    after: 'now',
    handle: (event) => touch(event.stream),
    onError: () => 0,
  });
  for (const stream of unfinished(town)) touch(stream);
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
    close() {
      closing ??= (async () => {
        await inbox.close();
        await conductor.close();
        await mirror.close();
        await subscription.close();
      })();
      return closing;
    },
  };
}

/** Convoys for which something may be left to do; what has ended and was cleared up is not looked at again. */
function unfinished(town: Town): readonly StreamId[] {
  return town.ledger.streams('convoy/').filter((stream) => {
    const { state } = town.ledger.load(stream, convoyFold);
    return state !== null && !(state.ended && state.cleared);
  });
}

const isConvoy = (stream: string): stream is `convoy/${number}/${number}` => stream.startsWith('convoy/');
