import type { RecordedEvent } from '../../../domain/event.ts';
import type { Progress } from '../../../town/town.ts';
import type { View, Write } from './view.ts';

/** The longest text of a session's event that is printed; `gastown log --json` has the whole. */
const longest = 4_000;

/**
 * One JSON object a line: `event` for each event of the ledger, `notice` for the program's own words, `setup` and `trouble`
 * as they come, and the summary last. JSON escapes control characters, so nothing can steer a terminal either.
 */
export function createJsonView(write: Write): View {
  const line = (object: object): void => write(`${JSON.stringify(object)}\n`);
  return {
    recall: () => {},
    event: (event) => line(eventLine(event)),
    progress: (progress) => {
      // What agents say and do comes as events, whole.
      if (isForPrograms(progress)) line({ type: progress.kind, ...withoutKind(progress) });
    },
    notice: (text) => line({ type: 'notice', text }),
    summary: line,
    close: async () => {},
  };
}

function isForPrograms(progress: Progress): boolean {
  return progress.kind === 'setup' || progress.kind === 'trouble';
}

function withoutKind({ kind: _, ...rest }: Progress): object {
  return rest;
}

function eventLine(event: RecordedEvent): object {
  const { position, stream, version, type, at, actor } = event;
  const data = stream.startsWith('session/') ? sessionData(event) : event.data;
  return { type: 'event', position, stream, version, event: type, at, actor, data };
}

/** Without what is the same for every session of a role, and with long texts cut. */
function sessionData(event: RecordedEvent): object {
  const { system: _, ...data }: Record<string, unknown> = { ...event.data };
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value]),
  );
}

const cut = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)}… (${text.length - longest} more characters)` : text;
