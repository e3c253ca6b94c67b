import type { Bead } from '../../domain/bead/bead.ts';
import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { defuse, fenceUntrusted, inlineUntrusted } from '../../domain/text/quote-untrusted.ts';
import { beadIcon, beadStanding } from './bead-line.ts';

export function beadIssueTitle(bead: Bead): string {
  return inlineUntrusted(bead.title, 200);
}

/** The body of the issue that mirrors a bead: a status block of ours, then the bead's text as its author wrote it. */
export function beadIssueBody(convoy: Convoy, bead: Bead): string {
  const parts = [
    `**${beadIcon(bead)} ${beadStanding(convoy.beads, bead)}** · bead ${bead.number} of #${convoy.opened.issue}`,
    needsLine(convoy, bead),
    bead.description === '' ? '' : defuse(bead.description, 20_000),
    bead.acceptance === '' ? '' : `**Accepted when**\n\n${defuse(bead.acceptance, 10_000)}`,
    notes(bead),
    failures(bead),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function needsLine(convoy: Convoy, bead: Bead): string {
  if (bead.needs.length === 0) return '';
  const links = bead.needs.map((need) => {
    const issue = issueNumberOf(convoy, need);
    return issue === null ? `bead ${need}` : `#${issue}`;
  });
  return `Needs ${links.join(', ')}.`;
}

function notes(bead: Bead): string {
  if (bead.notes.length === 0) return '';
  const list = bead.notes
    .slice(-10)
    .map((note) => `${inlineUntrusted(note.by, 60)}:\n${fenceUntrusted(note.text, 2000)}`);
  return `<details><summary>Notes (${bead.notes.length})</summary>\n\n${list.join('\n\n')}\n\n</details>`;
}

function failures(bead: Bead): string {
  if (bead.failures.length === 0) return '';
  const list = bead.failures.map(
    (one) =>
      `Attempt ${one.attempt} was ${one.how}: ${inlineUntrusted(one.reason, 300)}\n${fenceUntrusted(one.detail, 2000)}`,
  );
  return `<details><summary>Earlier attempts (${bead.failures.length})</summary>\n\n${list.join('\n\n')}\n\n</details>`;
}
