import { planRefused } from '../../domain/convoy/await-beads.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { verificationCommand } from '../../domain/convoy/verification-command.ts';
import { fenceForModel } from '../../domain/text/fence-for-model.ts';
import { beadList } from '../tools/bead-list.ts';

/** The Mayor's first message: the order as it stood at the label, and what lies in the repository. */
export function mayorBriefing(
  convoy: Convoy,
  rig: { readonly files: readonly string[]; readonly memory: string | null },
  nonce: string,
): string {
  const { opened } = convoy;
  const order = fenceForModel(`issue #${opened.issue}`, `${opened.title}\n\n${opened.body}`.trim(), nonce);
  const files = rig.files.length === 0 ? '(the repository is empty)' : rig.files.join('\n');
  const verify =
    verificationCommand(convoy) ??
    '(the repository names none; where this order brings one, name it with verify_with)';
  return [
    `Convoy #${opened.issue} of ${opened.repository.owner}/${opened.repository.name}, based on ${opened.base.branch}.`,
    `The order:\n${order}`,
    convoy.plan.refused ? planRefused(convoy) : '',
    convoy.beads.size === 0 ? '' : standing(convoy, nonce),
    `What must pass on the integrated result: ${verify}`,
    `Files at the root:\n${files}`,
    rig.memory === null ? '' : `AGENTS.md:\n${fenceForModel('AGENTS.md', rig.memory, nonce)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A session that was lost begins again: where sessions are kept nowhere, each time that the Mayor has waited for something. */
const standing = (convoy: Convoy, nonce: string): string =>
  `What was said about this order before is lost, but these beads stand; go on from here and create none of them again.\n${fenceForModel('beads', beadList(convoy), nonce)}`;
