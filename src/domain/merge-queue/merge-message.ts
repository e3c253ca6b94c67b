import { titleUntrusted } from '../text/quote-untrusted.ts';

/** Who and what made a bead's change, as far as it is known. */
export interface Provenance {
  readonly session: string | null;
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** A trailer's value is one line; control characters would let it end early. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const subjectLengthMax = 80;

/** A model's words as a commit's subject: GitHub reads mentions and closing keywords in commits too, once they are in the default branch. */
export const subjectUntrusted = (text: string): string => titleUntrusted(text, subjectLengthMax);

/** The message of the one merge commit of a bead: what it is, and trailers that say where it comes from. */
export function mergeMessage(
  bead: { readonly issue: number; readonly number: number; readonly title: string },
  provenance: Provenance,
  resolvedBy: string | null = null,
): string {
  const trailers: readonly (readonly [string, string | number | null])[] = [
    ['Bead', `${bead.issue}.${bead.number}`],
    ['Session', provenance.session],
    ['Model', provenance.model],
    ['Tokens-In', provenance.inputTokens],
    ['Tokens-Out', provenance.outputTokens],
    ['Conflict-Resolved-By', resolvedBy],
  ];
  const lines = trailers.flatMap(([key, value]) =>
    value === null ? [] : `${key}: ${oneLine(String(value))}`,
  );
  const subject = `Merge bead ${bead.issue}.${bead.number}: ${subjectUntrusted(bead.title)}`;
  return `${subject}\n\n${lines.join('\n')}\n`;
}
