import { verificationCommand } from '../../../domain/convoy/verification-command.ts';
import { fenceForModel } from '../../../domain/text/fence-for-model.ts';
import type { Oid } from '../../ports/git-store.ts';
import { sidesOf } from '../conflict-briefing.ts';
import type { RefineryDesk } from '../refinery-desk.ts';
import type { MergeConflict } from '../resolve-merge.ts';

const diffBytesShown = 20 * 1024;
const messagesLengthShown = 4000;

/** The first message of a session that merges what others committed into the convoy's branch. */
export async function takeInBriefing(
  desk: RefineryDesk,
  merge: {
    readonly name: string;
    readonly onto: Oid;
    readonly theirs: Oid;
    readonly base: Oid;
    readonly conflict: MergeConflict;
  },
  nonce: string,
): Promise<string> {
  const convoy = desk.convoy();
  const fenced = (label: string, text: string): string => fenceForModel(label, text, nonce);
  const diff = async (tip: Oid): Promise<string> => {
    const { text, truncated } = await desk.store.diff(merge.base, tip, { maxBytes: diffBytesShown });
    return fenced('diff', truncated ? `${text}\n… (cut)` : text);
  };
  const beads = [...convoy.beads.values()].filter((bead) => bead.landedAs !== null);
  return [
    `${merge.name} has moved, and can't be merged into the convoy's branch by git alone. /workspace holds the merged tree, with conflict markers where text allows them. Resolve it so that both sides' work is kept, run what shows that it works, then call report.`,
    `What must pass in the end: ${verificationCommand(convoy) ?? '(no command is known)'}`,
    `Paths that conflict:\n${fenced('paths', merge.conflict.paths.map(sidesOf).join('\n'))}`,
    `What git says:\n${fenced('git', merge.conflict.messages.slice(0, messagesLengthShown))}`,
    `The landed beads of this convoy:\n${fenced('beads', beads.map(({ number, title }) => `[${number}] ${title}`).join('\n'))}`,
    `What the convoy's branch ("ours") did:\n${await diff(merge.onto)}`,
    `What others did ("theirs"):\n${await diff(merge.theirs)}`,
    'A line of either side that is not in your result must be quoted in the report, with the reason.',
  ].join('\n\n');
}
