import type { StreamId } from '../domain/event.ts';
import { createConductor } from './dispatch/conduct.ts';
import type { TakesStep } from './dispatch/convoy-line.ts';
import { workInbox } from './gate/work-inbox.ts';
import { createMirror } from './mirror/create-mirror.ts';
import type { Town } from './town.ts';

export interface JobTownOptions {
  readonly takes: TakesStep;
  /** One process at a time shows a convoy on GitHub. */
  readonly mirrors: boolean;
}

/** A town for as long as a job lasts: it does what can be done now, and waits for nothing that others must do. */
export interface JobTown {
  receive(delivery: { guid: string; event: string; payload: unknown }): Promise<'new' | 'known'>;
  /** Resolves when the inbox is empty, no step runs, and GitHub shows what the ledger says. */
  done(): Promise<void>;
  close(): Promise<void>;
}

export function openJobTown(
  town: Town,
  convoys: readonly StreamId[],
  /** Resolves when every acknowledged event has reached whoever listens. */
  published: () => Promise<void>,
  { takes, mirrors }: JobTownOptions,
): JobTown {
  const conductor = createConductor(town, takes);
  const mirror = createMirror(town);
  const inbox = workInbox(town);
  let touches = 0;
  const touch = (stream: StreamId): void => {
    if (!stream.startsWith('convoy/')) return;
    touches += 1;
    conductor.advance(stream);
    if (mirrors) mirror.touch(stream);
  };
  const subscription = town.ledger.subscribe({
    after: 'now',
    handle: (event) => touch(event.stream),
    onError: () => 0,
  });
  for (const stream of convoys) touch(stream);
  return {
    async receive(delivery) {
      const taken = await town.ledger.inbox.receive({ ...delivery, receivedAt: town.clock().toISOString() });
      inbox.wake();
      return taken;
    },
    async done() {
      for (let before = -1; before !== touches; ) {
        before = touches;
        await inbox.empty();
        await conductor.idle();
        await mirror.settled();
        await published();
        await subscription.caughtUp();
      }
    },
    async close() {
      await inbox.close();
      await conductor.close();
      await mirror.close();
      await subscription.close();
    },
  };
}
