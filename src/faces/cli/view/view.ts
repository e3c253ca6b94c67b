import type { RecordedEvent } from '../../../domain/event.ts';
import type { Progress } from '../../../town/town.ts';
import type { RunSummary } from './run-summary.ts';

/** Shows a run as it happens. Nothing it is given is trusted: it makes all text safe for where it goes. */
export interface View {
  /** An event of an earlier run: what follows may speak of it. It is not shown. */
  recall(event: RecordedEvent): void;
  /** Every event of this run, in order. */
  event(event: RecordedEvent): void;
  /** Something to see at once that is not a fact of the ledger. */
  progress(progress: Progress): void;
  /** A sentence of the program's own: what is being set up, where to look. */
  notice(text: string): void;
  /** The last thing shown. */
  summary(summary: RunSummary): void;
  /** Gives the terminal back. Nothing is shown after it. Safe to call again. */
  close(): Promise<void>;
}

/** Takes text for a stream; the caller owns the stream. */
export type Write = (text: string) => void;
