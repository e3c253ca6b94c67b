import type { Bead } from '../../domain/bead/bead.ts';
import { isHeld } from '../../domain/bead/derive.ts';
import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import {
  defuse,
  fenceUntrusted,
  inlineUntrusted,
  titleUntrusted,
} from '../../domain/text/quote-untrusted.ts';
import { beadIcon, beadStanding } from './bead-line.ts';
import { firstThatFits } from './first-that-fits.ts';

export function beadIssueTitle(bead: Bead): string {
  return titleUntrusted(bead.title, 200);
}

/** How much of a bead's text, and of each note and attempt, is shown; the next is taken where GitHub would refuse the body. */
const sizes = [
  { text: 20_000, note: 2000 },
  { text: 6000, note: 1000 },
  { text: 2000, note: 200 },
] as const;

/** The body of the issue that mirrors a bead: a status block of ours, then the bead's text as its author wrote it. */
export function beadIssueBody(convoy: Convoy, bead: Bead): string {
  return firstThatFits(sizes.map((size) => () => bodyOf(convoy, bead, size)));
}

function bodyOf(convoy: Convoy, bead: Bead, size: { readonly text: number; readonly note: number }): string {
  const acceptance = defuse(bead.acceptance, size.text / 2);
  const parts = [
    `**${beadIcon(bead)} ${beadStanding(convoy, bead)}** · bead ${bead.number} of #${convoy.opened.issue}`,
    needsLine(convoy, bead),
    heldChange(convoy, bead, size.text / 2),
    defuse(bead.description, size.text),
    acceptance === '' ? '' : `**Accepted when**\n\n${acceptance}`,
    notes(bead, size.note),
    failures(bead, size.note),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What waits for a person's word, and the word. '' where nothing does. */
export function heldChange(convoy: Convoy, bead: Bead, lengthMax: number): string {
  if (bead.held === null || !isHeld(convoy.approved, bead)) return '';
  const { hash, paths, diff } = bead.held;
  const names = paths.map((path) => `\`${inlineUntrusted(path, 200)}\``).join(', ');
  const word = `**Waits for you.** This changes protected paths (${names}), so nothing of it is pushed yet. Someone with write permission lets exactly this land by commenting \`/approve ${hash}\`; \`/close\` takes it out.`;
  return diff === '' ? word : `${word}\n\n${fenceUntrusted(diff, lengthMax, 'diff')}`;
}

function needsLine(convoy: Convoy, bead: Bead): string {
  if (bead.needs.length === 0) return '';
  const links = bead.needs.map((need) => {
    const issue = issueNumberOf(convoy, need);
    return issue === null ? `bead ${need}` : `#${issue}`;
  });
  return `Needs ${links.join(', ')}.`;
}

function notes(bead: Bead, lengthMax: number): string {
  if (bead.notes.length === 0) return '';
  const list = bead.notes
    .slice(-10)
    .map((note) => `${inlineUntrusted(note.by, 60)}:\n${fenceUntrusted(note.text, lengthMax)}`);
  return `<details><summary>Notes (${bead.notes.length})</summary>\n\n${list.join('\n\n')}\n\n</details>`;
}

function failures(bead: Bead, lengthMax: number): string {
  if (bead.failures.length === 0) return '';
  const list = bead.failures.map(
    (one) =>
      `Attempt ${one.attempt} was ${one.how}: ${inlineUntrusted(one.reason, 300)}\n${fenceUntrusted(one.detail, lengthMax)}`,
  );
  return `<details><summary>Earlier attempts (${bead.failures.length})</summary>\n\n${list.join('\n\n')}\n\n</details>`;
}
