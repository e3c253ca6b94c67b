import type { StreamId } from '../../domain/event.ts';
import type { LedgerReader } from '../open-reader.ts';

export interface StreamSummary {
  readonly stream: StreamId;
  readonly events: number;
  /** ISO 8601, of its first and of its newest event. */
  readonly began: string;
  readonly newest: string;
}

/**
 * The streams that a person may mean: the one of that very name, else convoys of that issue number, else all whose name
 * starts with the text. All streams for an empty text.
 */
export function findStreams(reader: LedgerReader, text: string): readonly StreamSummary[] {
  const all = reader.log.streams('');
  const exact = all.filter((name) => name === text);
  const ofIssue = all.filter(
    (name) => name.startsWith('convoy/') && name.endsWith(`/${text.replace(/^#/, '')}`),
  );
  const started = all.filter((name) => name.startsWith(text));
  const meant = [exact, ofIssue, started].find((names) => names.length > 0) ?? [];
  const summary = reader.db.prepare<[string], { events: number; began: number; newest: number }>(
    `SELECT count(*) AS events, min(at) AS began, max(at) AS newest
     FROM events JOIN streams USING (sid) WHERE name = ?`,
  );
  return meant.flatMap((stream) => {
    const found = summary.get(stream);
    if (found === undefined) return [];
    const { events, began, newest } = found;
    return [{ stream, events, began: iso(began), newest: iso(newest) }];
  });
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
