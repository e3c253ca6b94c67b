/** What a tool's answer may hold, in characters: about 8,000 tokens. */
export const maxAnswerLength = 32_768;

/**
 * Leaves out the middle of a text that is longer than `limit` characters and says how much is missing: an error is most
 * often told at the end of an output, and what was run at its beginning.
 */
export function capText(text: string, limit: number = maxAnswerLength): string {
  if (text.length <= limit) return text;
  const head = wholeCharacters(text.slice(0, Math.ceil(limit / 2)));
  const tail = text.slice(-Math.floor(limit / 2)).replace(/^[\uDC00-\uDFFF]/, '');
  const missing = text.length - head.length - tail.length;
  return `${head}\n[… ${missing.toLocaleString('en')} characters left out …]\n${tail}`;
}

/** A cut must not leave half of a character that takes two code units. */
const wholeCharacters = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');
