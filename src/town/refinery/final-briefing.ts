import { isOver } from '../../domain/bead/derive.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { verificationCommand } from '../../domain/convoy/verification-command.ts';
import { fenceForModel } from '../../domain/text/fence-for-model.ts';

/** The first message of the session that looks at the whole once more before people do. */
export function finalBriefing(
  convoy: Convoy,
  given: {
    readonly asked: Convoy['refineAsked'];
    readonly diff: { readonly text: string; readonly truncated: boolean };
  },
  nonce: string,
): string {
  const { opened } = convoy;
  const { diff } = given;
  const asked = given.asked.filter(({ guidance }) => guidance !== '');
  const out = [...convoy.beads.values()].some((bead) => bead.slung && !isOver(convoy.beads, bead));
  const fenced = (label: string, text: string): string => fenceForModel(label, text, nonce);
  const beads = [...convoy.beads.values()].map((bead) => {
    const standing = bead.landedAs ? 'landed' : bead.status;
    return `[${bead.number}] ${bead.title} (${standing})\n${bead.acceptance}`.trim();
  });
  return [
    `The final pass of convoy #${opened.issue}. /workspace holds the convoy's branch with every landed bead in it. Look at the whole: do the pieces fit together (imports, interfaces, duplicates)? Run what shows it. Mend what integration broke, and nothing else; then call report. If nothing is to be mended, report that.`,
    `What must pass: ${verificationCommand(convoy) ?? '(no command is known)'}`,
    ...asked.map(({ by, guidance }) => `What ${by} asks for in this pass:\n${fenced('guidance', guidance)}`),
    out ? 'Beads are still worked. What they are to bring is not missing: leave it to them.' : '',
    `The order:\n${fenced('order', `${opened.title}\n\n${opened.body}`.trim())}`,
    `The beads:\n${fenced('beads', beads.join('\n\n'))}`,
    `The whole change:\n${fenced('diff', diff.truncated ? `${diff.text}\n… (cut)` : diff.text)}`,
    'No work can be lost: a line of the landed work that you remove must be quoted in the report, with the reason.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
