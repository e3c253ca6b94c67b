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

const subjectLengthMax = 100;

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
  const subject = `Merge bead ${bead.issue}.${bead.number}: ${oneLine(bead.title)}`.slice(
    0,
    subjectLengthMax,
  );
  return `${subject}\n\n${lines.join('\n')}\n`;
}
