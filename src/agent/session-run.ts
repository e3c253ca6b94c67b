import type { Ledger } from '../ledger/ports/ledger.ts';
import type { ModelPort, ToolDescription } from './ports/model.ts';
import type { Progress, ProgressStep } from './progress.ts';
import type { SessionSpec } from './session.ts';
import type { SessionBudget } from './session-budget.ts';
import type { SessionWriter } from './session-writer.ts';

/** What a session needs of the world. */
export interface SessionDeps {
  readonly ledger: Ledger;
  readonly model: ModelPort;
  readonly clock: () => Date;
  readonly budget?: SessionBudget;
  readonly onProgress?: (progress: Progress) => void;
}

/** One run of a session, from its start or restart to its stop. */
export interface SessionRun {
  readonly deps: SessionDeps;
  readonly spec: SessionSpec;
  readonly writer: SessionWriter;
  readonly tools: readonly ToolDescription[];
  /** Aborted when the session must stop, or its time is up. */
  readonly signal: AbortSignal;
  tell(step: ProgressStep): void;
}
