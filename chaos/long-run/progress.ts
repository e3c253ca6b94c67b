import { EventEmitter, once } from 'node:events';
import type { RecordedEvent, StreamId } from '../../src/domain/event.ts';
import { followLedgerFile } from '../../src/entry/dashboard/follow-ledger-file.ts';
import { openReader } from '../../src/ledger/open-reader.ts';
import { ledgerFile } from '../world/ledger-watch.ts';

const lastOfConvoy = ['BranchesDeleted', 'ConvoyCleared'] as const;

/**
 * How far the convoys are, by the ledger beside the town that writes it. It is taken in event by event and on one connection:
 * thousands of events are not gone through again for each new one.
 */
export interface Progress {
  /** How many events there are. */
  readonly events: number;
  /** The number of the pull request that came of the convoy of an issue. Rejects at the signal. */
  pullOf(issue: number, signal: AbortSignal): Promise<number>;
  /** Resolves once so many convoys have ended, and GitHub knows all that it is to know. Rejects at the signal. */
  settled(convoys: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** The town must have made its ledger. */
export function openProgress(data: string): Progress {
  const reader = openReader(ledgerFile(data));
  const grown = new EventEmitter();
  const pulls = new Map<string, number>();
  const open = new Set<string>();
  const ended = { BranchesDeleted: 0, ConvoyCleared: 0 };
  let taken = 0;
  const take = (event: RecordedEvent): void => {
    if (event.type === 'PullRequestOpened') pulls.set(issueOf(event.stream), event.data.number);
    if (event.type === 'EffectIntended') open.add(event.data.effect);
    if (event.type === 'EffectConfirmed') open.delete(event.data.effect);
    if (event.type === 'EffectFailed' && event.data.final) open.delete(event.data.effect);
    for (const type of lastOfConvoy) if (event.type === type) ended[type] += 1;
    taken = event.position;
  };
  const look = (): void => {
    for (const event of reader.log.readAll(taken, 1_000_000)) take(event);
    grown.emit('grown');
  };
  const following = followLedgerFile(reader, look);
  look();
  return {
    get events() {
      return taken;
    },
    async pullOf(issue, signal) {
      for (;;) {
        const pull = pulls.get(String(issue));
        if (pull !== undefined) return pull;
        await once(grown, 'grown', { signal });
      }
    },
    async settled(convoys, signal) {
      while (open.size > 0 || lastOfConvoy.some((type) => ended[type] !== convoys)) {
        await once(grown, 'grown', { signal });
      }
    },
    close() {
      following.close();
      reader.close();
    },
  };
}

const issueOf = (stream: StreamId): string => stream.slice(stream.lastIndexOf('/') + 1);
