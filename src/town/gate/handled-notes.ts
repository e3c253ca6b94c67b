import type { Town } from '../town.ts';

/** How long what was handled may wait to be noted, so that many are noted at once: a crash between costs a repeat. */
const noteAfterMs = 250;
const forgetEveryMs = 60 * 60_000;
/** GitHub sends a delivery again for at most 3 days (7 on Enterprise servers): its GUID is kept for longer. */
const rememberMs = 14 * 24 * 60 * 60_000;

/** The deliveries that were handled and are not noted as such on disk yet. */
export interface HandledNotes {
  readonly guids: ReadonlySet<string>;
  add(guid: string): void;
  /** They have waited long enough, or someone waits for them. */
  isDue(): boolean;
  hurry(): void;
  write(): Promise<void>;
  close(): void;
}

/** `onDue` is called a moment after something was added. */
export function handledNotes(town: Town, onDue: () => void): HandledNotes {
  const guids = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let due = false;
  let forgotten = 0;
  return {
    guids,
    add(guid) {
      guids.add(guid);
      timer ??= town.later(() => {
        due = true;
        onDue();
      }, noteAfterMs);
    },
    isDue: () => due,
    hurry() {
      due = guids.size > 0;
    },
    async write() {
      clearTimeout(timer);
      timer = undefined;
      const now = town.clock();
      const noted = [...guids];
      if (noted.length > 0) await town.ledger.inbox.handled(noted, now);
      for (const guid of noted) guids.delete(guid);
      due = false;
      if (now.getTime() - forgotten < forgetEveryMs) return;
      forgotten = now.getTime();
      await town.ledger.inbox.forgetHandledBefore(new Date(now.getTime() - rememberMs));
    },
    close: () => clearTimeout(timer),
  };
}
