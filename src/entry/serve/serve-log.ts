import type { RecordedEvent } from '../../domain/event.ts';
import { createPlainView } from '../../faces/cli/view/plain-view.ts';
import { Correlations } from '../../faces/operations/log/correlations.ts';
import { createLog, type LogLevel } from '../../faces/operations/log/create-log.ts';
import { createLogView } from '../../faces/operations/log/log-view.ts';
import { redactKnown } from '../../faces/operations/log/redact-known.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { Progress } from '../../town/town.ts';

/** What a serving town says: lines for a person at a terminal, or one JSON object a line for whoever gathers logs. */
export interface ServeLog {
  notice(text: string): void;
  /** A delivery came in. */
  delivery(delivery: { readonly guid: string; readonly event: string }, taken: 'new' | 'known'): void;
  event(event: RecordedEvent): void;
  progress(progress: Progress): void;
}

export interface ServeLogOptions {
  readonly format: 'json' | 'plain';
  readonly level: LogLevel;
  /** Values that no line may hold, however they are encoded. */
  readonly secrets: readonly string[];
  readonly write: (text: string) => void;
}

export function openServeLog(
  { format, level, secrets, write }: ServeLogOptions,
  ledger: Pick<Ledger, 'read'>,
): ServeLog {
  if (format === 'plain') {
    const redact = redactKnown(secrets);
    const view = createPlainView((text) => write(redact(text)));
    return { notice: view.notice, delivery: () => undefined, event: view.event, progress: view.progress };
  }
  const log = createLog(level, { write }, secrets);
  const view = createLogView(log, new Correlations((stream) => ledger.read(stream)[0] ?? null));
  return {
    notice: (text) => log.info(text),
    delivery: ({ guid, event }, taken) => log.info({ correlation: guid, delivery: event, taken }, 'delivery'),
    event: view.event,
    progress: view.progress,
  };
}
