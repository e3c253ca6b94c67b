/** One word of shell text that stands for exactly `text`. NUL can't be written. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Shell text that writes `bytes` (any bytes) to where `into` leads: a redirection (`>file`) or a pipe (`| command`). It ends a line. */
export function feed(bytes: Uint8Array, into: string): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const lines = base64.match(/.{1,4096}/g)?.join('\n') ?? '';
  return `base64 -d <<'_' ${into}\n${lines}\n_`;
}

/** Far below what a command line may hold, and what is worth a pipe. */
const wordsLength = 16_000;

/**
 * Paths as words of a command line, where they are few and plain; null where they need a pipe. Each process in a container
 * costs as much as many a command, and to feed a list takes two or three.
 */
export function asWords(paths: readonly string[]): string | null {
  const words = paths.map(quote).join(' ');
  return words.length <= wordsLength && /^[\x20-\x7e]*$/.test(words) ? words : null;
}
