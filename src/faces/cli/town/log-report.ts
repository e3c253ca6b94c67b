import { Storyteller } from '../story/storyteller.ts';
import { plainLines } from '../view/plain-view.ts';
import type { TownMemory } from './read-town.ts';
import type { Report } from './report.ts';

/** The whole story in order: what happened to convoys and beads, and with `sessions` what each agent said and did. */
export function logReport(
  { reader }: TownMemory,
  { sessions, convoys }: { readonly sessions: boolean; readonly convoys: ReadonlySet<string> },
): Report {
  const sessionsOf = new Set<string>();
  const storyteller = new Storyteller();
  const events = reader.log.readAll(0, reader.log.lastPosition()).filter((event) => {
    if (event.type === 'SessionStarted' && convoys.has(event.data.convoy ?? '')) sessionsOf.add(event.stream);
    return convoys.has(event.stream) || (sessions && sessionsOf.has(event.stream));
  });
  const text = events.flatMap((event) =>
    storyteller.tell(event).map((line) => `${event.at.slice(11, 19)}  ${indented(plainLines(line))}`),
  );
  return { text: text.join(''), json: events };
}

/** Lines of a body stand below the text, not below the time. */
const indented = (lines: string): string => lines.replaceAll(/\n(?=.)/g, `\n${' '.repeat(10)}`);
