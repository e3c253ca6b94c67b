/** A text as one word of a POSIX shell's command. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
