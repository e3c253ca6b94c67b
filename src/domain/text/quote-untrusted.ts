import { cutEnd, cutStart } from './cut-text.ts';
import { redactSecrets } from './redact-secrets.ts';
import { stripInvisible } from './strip-invisible.ts';

const wordJoiner = '\u2060';

/** Closing keywords by which GitHub would link or close an issue, followed by a reference. */
const closingKeyword =
  /\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(\s*:?\s+)(?=(?:[\w.-]+\/[\w.-]+)?#\d|GH-\d|https?:)/gi;

type Trigger = readonly [RegExp, string];

/** Markup, and entities, which would be read as the characters that they stand for. */
const html: readonly Trigger[] = [
  [/&(?=#|\w+;)/g, '&amp;'],
  [/</g, '&lt;'],
];

/** What GitHub reads a meaning into, and what stands there instead: the same to the eye, nothing to a machine. */
const triggers: readonly Trigger[] = [
  [/@(?=[\w-])/g, `@${wordJoiner}`],
  [closingKeyword, `$1${wordJoiner}$2`],
  [/#(?=\d)/g, `#${wordJoiner}`],
  [/\bGH-(?=\d)/gi, `GH-${wordJoiner}`],
  [/(\/(?:issues|pull|discussions)\/)(?=\d)/gi, `$1${wordJoiner}`],
  [/!(?=\[)/g, `!${wordJoiner}`],
  [/^(\s*)\//gm, `$1${wordJoiner}/`],
];

/**
 * A model's or a stranger's words made fit to stand in something that the town posts: nothing invisible, no secret, no
 * mention, no closing keyword or reference, no picture, no command at a line's start, no HTML, no code block left open, at
 * most `lengthMax` characters of it.
 */
export function defuse(text: string, lengthMax: number): string {
  return closeFence(disarm(text, lengthMax));
}

function disarm(text: string, lengthMax: number): string {
  return [...html, ...triggers].reduce(replaced, shortened(text, lengthMax));
}

function shortened(text: string, lengthMax: number): string {
  const visible = redactSecrets(stripInvisible(text).text);
  return visible.length > lengthMax ? `${cutEnd(visible, lengthMax)}… (cut)` : visible;
}

const replaced = (said: string, [pattern, instead]: Trigger): string => said.replace(pattern, instead);

/** Ends a code block that the text leaves open, so that it takes in nothing of what comes after. */
function closeFence(text: string): string {
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    const [, marks = '', rest = ''] = fence ?? [];
    if (fence === null) continue;
    if (open === null) open = marks.startsWith('`') && rest.includes('`') ? null : marks;
    else if (marks.startsWith(open) && rest.trim() === '') open = null;
  }
  return open === null ? text : `${text}\n${open}`;
}

/** The same as a Markdown quotation, line by line. */
export function quoteUntrusted(text: string, lengthMax: number): string {
  return defuse(text, lengthMax)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** The same as one line for the title of an issue or a pull request, where GitHub reads no markup. */
export function titleUntrusted(text: string, lengthMax: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return triggers.reduce(replaced, shortened(line, lengthMax));
}

/** The same as one line for a table's cell. */
export function inlineUntrusted(text: string, lengthMax: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return disarm(line.replaceAll('`', '\u02cb'), lengthMax).replaceAll('|', '\u2502');
}

/** Output of a program in a code fence that it can't close. */
export function fenceUntrusted(text: string, lengthMax: number, language: 'text' | 'diff' = 'text'): string {
  const visible = redactSecrets(stripInvisible(text).text);
  const short = visible.length > lengthMax ? `… (cut)\n${cutStart(visible, lengthMax)}` : visible;
  const longest = Math.max(2, ...[...short.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${short}\n${fence}`;
}
