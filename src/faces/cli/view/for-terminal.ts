import { stripVTControlCharacters } from 'node:util';

/** Control characters but tab and newline, and marks that turn the direction of text: none may reach a terminal. */
const unsafe = /(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Untrusted text as a terminal may show it: no escape sequence, no control character, no turned direction. */
export function forTerminal(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replaceAll(unsafe, '');
}

/** The same on one line of at most `width` characters. */
export function onOneLine(text: string, width: number): string {
  const line = forTerminal(text).replaceAll(/\s+/g, ' ').trim();
  return line.length > width ? `${line.slice(0, Math.max(0, width - 1))}…` : line;
}
