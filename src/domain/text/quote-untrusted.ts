import { redactSecrets } from './redact-secrets.ts';
import { stripInvisible } from './strip-invisible.ts';

const wordJoiner = '\u2060';

/** Closing keywords by which GitHub would link or close an issue, followed by a reference. */
const closingKeyword =
  /\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(\s*:?\s+)(?=(?:[\w.-]+\/[\w.-]+)?#\d|https?:)/gi;

/**
 * A model's or a stranger's words made fit to stand in something that the town posts: nothing invisible, no secret, no
 * mention, no closing keyword, no command at a line's start, no HTML, at most `lengthMax` characters.
 */
export function defuse(text: string, lengthMax: number): string {
  const visible = redactSecrets(stripInvisible(text).text);
  const short = visible.length > lengthMax ? `${visible.slice(0, lengthMax)}… (cut)` : visible;
  return short
    .replaceAll('<', '&lt;')
    .replace(/@(?=[\w-])/g, `@${wordJoiner}`)
    .replace(closingKeyword, `$1${wordJoiner}$2`)
    .replace(/#(?=\d)/g, `#${wordJoiner}`)
    .replace(/^(\s*)\//gm, `$1${wordJoiner}/`);
}

/** The same as a Markdown quotation, line by line. */
export function quoteUntrusted(text: string, lengthMax: number): string {
  return defuse(text, lengthMax)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** The same as one line for a table's cell or a title. */
export function inlineUntrusted(text: string, lengthMax: number): string {
  return defuse(text.replaceAll(/\s+/g, ' ').trim(), lengthMax)
    .replaceAll('|', '\\|')
    .replaceAll('`', '\u02cb');
}

/** Output of a program in a code fence that it can't close. */
export function fenceUntrusted(text: string, lengthMax: number): string {
  const visible = redactSecrets(stripInvisible(text).text);
  const short = visible.length > lengthMax ? `… (cut)\n${visible.slice(-lengthMax)}` : visible;
  const longest = Math.max(2, ...[...short.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${short}\n${fence}`;
}
