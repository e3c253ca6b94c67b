const firstLook = 800;
const lookEvery = 200;
const longestPattern = 150;
const leastSpan = 200;
const blockLength = 500;

/**
 * Tells whether a text has begun to repeat itself: its end is one pattern of up to 150 characters, three times or more over
 * at least 200 characters; or its last 500 characters stand in it once before, not overlapping.
 */
export function repeatsItself(text: string): boolean {
  if (text.length < firstLook) return false;
  for (let length = 1; length <= longestPattern; length += 1) {
    const span = Math.max(3 * length, leastSpan);
    if (isPeriodic(text, length, span)) return !isRule(text.slice(-length));
  }
  const block = text.slice(-blockLength);
  return text.lastIndexOf(block, text.length - 2 * blockLength) >= 0;
}

/** Whether the last `span` characters repeat with this period. */
function isPeriodic(text: string, period: number, span: number): boolean {
  for (let at = text.length - 1; at >= text.length - span + period; at -= 1) {
    if (text.charCodeAt(at) !== text.charCodeAt(at - period)) return false;
  }
  return true;
}

/** Lines of dashes and the spaces of a table are ornament, until there are very many of them. */
const isRule = (pattern: string): boolean => /^[\s\-=_*.|+:#~]+$/.test(pattern);

/** Watches a text as it streams in. */
export class RepetitionGuard {
  #text = '';
  #nextLook = firstLook;

  /** True once the text repeats itself. */
  push(piece: string): boolean {
    this.#text += piece;
    if (this.#text.length < this.#nextLook) return false;
    this.#nextLook = this.#text.length + lookEvery;
    return repeatsItself(this.#text) || isEndlessRule(this.#text);
  }

  /** What came before is void: the reply begins anew. */
  reset(): void {
    this.#text = '';
    this.#nextLook = firstLook;
  }

  get text(): string {
    return this.#text;
  }
}

const isEndlessRule = (text: string): boolean =>
  text.length > 4_000 && /^[\s\-=_*.|+:#~]{4000}$/.test(text.slice(-4_000));
