import { crewName } from './events.ts';

/** The member that is meant where none is named. */
const defaultMember = 'crew';

/** What `/crew …` asks for. */
export type CrewOrder =
  | { readonly kind: 'ask'; readonly name: string; readonly text: string }
  | { readonly kind: 'land'; readonly name: string };

/** Reads `name land`, `land`, `name: question` or `question`. */
export function readCrewOrder(argument: string): CrewOrder {
  const land = /^(?:(\S+)\s+)?land$/i.exec(argument.trim());
  if (land) {
    const name = (land[1] ?? defaultMember).toLowerCase();
    if (crewName.safeParse(name).success) return { kind: 'land', name };
  }
  const named = /^([A-Za-z][A-Za-z0-9-]{0,30}):\s+(.+)$/s.exec(argument.trim());
  if (named) return { kind: 'ask', name: (named[1] ?? '').toLowerCase(), text: named[2] ?? '' };
  return { kind: 'ask', name: defaultMember, text: argument.trim() };
}
