import { stripInvisible } from './strip-invisible.ts';

interface HiddenMarkup {
  readonly name: string;
  readonly pattern: RegExp;
  readonly keep: string | ((match: string, ...groups: string[]) => string);
}

const invisibleEntities =
  /&(?:shy|zwj|zwnj|lrm|rlm|NoBreak|ZeroWidthSpace|Negative\w+Space|InvisibleTimes|InvisibleComma|ApplyFunction|af|it|ic);/g;

const unseenAttribute =
  /\s(?:alt|title|placeholder|summary|aria-[a-z]+|data-[a-z-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;

/** Markup whose content GitHub's rendering doesn't show. Code is not spared: what parses as code here may not do so there. */
const hiddenMarkup: readonly HiddenMarkup[] = [
  { name: 'HTML comments', pattern: /<!--[\s\S]*?(?:-->|$)/g, keep: '' },
  { name: 'invisible entities', pattern: invisibleEntities, keep: '' },
  {
    name: 'encoded characters',
    pattern: /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi,
    keep: (match, hex, decimal) => character(hex ? Number.parseInt(hex, 16) : Number(decimal)) ?? match,
  },
  {
    name: 'link titles',
    pattern: /(\]\(\s*(?:<[^<>\n]*>|[^\s()<>]+))\s+(?:"[^"]*"|'[^']*'|\([^()]*\))\s*\)/g,
    keep: '$1)',
  },
  { name: 'hidden link definitions', pattern: /^ {0,3}\[[^\]\n]+\]:[ \t]*(?:#|<>)[^\n]*$/gm, keep: '' },
  {
    name: 'link titles',
    pattern: /^( {0,3}\[[^\]\n]+\]:[ \t]*\S+)[ \t]*\n?[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\))[ \t]*$/gm,
    keep: '$1',
  },
  {
    name: 'hidden attributes',
    pattern: /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>?/gi,
    keep: (tag) => tag.replace(unseenAttribute, ''),
  },
];

/** A text that hides things in layers gets no more than this many looks; what still changes then is taken as it is. */
const looksMax = 20;

/**
 * A stranger's text as its rendering shows it: without invisible characters and without markup whose content isn't shown.
 * What taking one thing away brings together is taken away as well. `removed` names each kind that was found.
 */
export function stripHidden(text: string): { readonly text: string; readonly removed: readonly string[] } {
  const removed = new Set<string>();
  let cleaned = text;
  for (let look = 0; look < looksMax; look += 1) {
    const before = cleaned;
    const visible = stripInvisible(cleaned);
    for (const name of visible.removed) removed.add(name);
    cleaned = visible.text;
    for (const { name, pattern, keep } of hiddenMarkup) {
      const next = typeof keep === 'string' ? cleaned.replace(pattern, keep) : cleaned.replace(pattern, keep);
      if (next !== cleaned) removed.add(name);
      cleaned = next;
    }
    const withoutTexts = dropImageTexts(cleaned);
    if (withoutTexts !== cleaned) removed.add('image texts');
    cleaned = withoutTexts;
    if (cleaned === before) break;
  }
  return { text: cleaned, removed: [...removed] };
}

function character(code: number): string | null {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code === 0 || code > 0x10ffff || isSurrogate ? null : String.fromCodePoint(code);
}

/** `![text](…)` without its text. One pass over the brackets, because a pattern would look again from each of them. */
function dropImageTexts(text: string): string {
  const cuts = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: mark, index } of text.matchAll(/\\.|\[|\]|\n[ \t]*\n/g)) {
    if (mark === '[') open.push(index);
    else if (mark.startsWith('\n')) open.length = 0;
    else if (mark === ']') {
      const from = open.pop();
      const isImage = from !== undefined && text[from - 1] === '!' && /[([]/.test(text[index + 1] ?? '');
      if (isImage) cuts.set(from + 1, index);
    }
  }
  let kept = '';
  let at = 0;
  for (const [from, to] of [...cuts].sort(([a], [b]) => a - b)) {
    if (from < at) continue;
    kept += text.slice(at, from);
    at = to;
  }
  return kept + text.slice(at);
}
