import type { Bead } from '../../domain/bead/bead.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { verificationCommand } from '../../domain/convoy/verification-command.ts';
import { fenceForModel } from '../../domain/text/fence-for-model.ts';
import type { ConflictedPath } from '../ports/git-store.ts';
import type { ConflictedBead } from './assemble-batch.ts';
import type { RefineryDesk } from './refinery-desk.ts';

const diffBytesShown = 20 * 1024;
const messagesLengthShown = 4000;

/** The first message of a session that resolves a conflict: what git says, and what both sides meant. */
export async function conflictBriefing(
  desk: RefineryDesk,
  { bead, theirs, conflict }: ConflictedBead,
  base: string,
  nonce: string,
): Promise<string> {
  const convoy = desk.convoy();
  const paths = conflict.paths.map(({ path }) => path);
  const branch = await desk.store.diff(base, convoy.head, { maxBytes: diffBytesShown });
  const change = await desk.store.diff(base, theirs, { maxBytes: diffBytesShown });
  const fenced = (label: string, text: string): string => fenceForModel(label, text, nonce);
  return [
    `Bead [${bead.number}] can't be merged onto the convoy's branch by git alone. /workspace holds the merged tree, with conflict markers where text allows them. Resolve it so that both sides' work is kept, run what shows that it works, then call report.`,
    `What must pass in the end: ${verificationCommand(convoy) ?? '(no command is known)'}`,
    `Paths that conflict:\n${fenced('paths', conflict.paths.map(sidesOf).join('\n'))}`,
    `What git says:\n${fenced('git', conflict.messages.slice(0, messagesLengthShown))}`,
    `The bead, whose change comes in ("theirs"):\n${beadText(bead, fenced)}`,
    landedText(await landedOn(desk, convoy, paths), fenced),
    `What the branch ("ours") did since the bead began:\n${fenced('diff', shown(branch))}`,
    `What the bead did:\n${fenced('diff', shown(change))}`,
    'A line of either side that is not in your result must be quoted in the report, with the reason. Keep to integration: imports, signatures, order. Features are not rewritten here.',
  ].join('\n\n');
}

/** Where a path that conflicts stands: at the base, on the branch, in what comes in. */
export const sidesOf = ({ path, base, ours, theirs }: ConflictedPath): string => {
  const has = (side: ConflictedPath['base']): string => (side === null ? 'no' : `mode ${side.mode}`);
  return `${path} (base: ${has(base)}; ours: ${has(ours)}; theirs: ${has(theirs)})`;
};

const shown = ({ text, truncated }: { text: string; truncated: boolean }): string =>
  truncated ? `${text}\n… (cut)` : text;

type Fence = (label: string, text: string) => string;

const beadText = (bead: Bead, fenced: Fence): string =>
  fenced('bead', [bead.title, bead.description, bead.acceptance].filter((part) => part !== '').join('\n\n'));

function landedText(beads: readonly Bead[], fenced: Fence): string {
  if (beads.length === 0) return 'No landed bead of this convoy touches these paths.';
  return `Landed beads that touch these paths:\n${beads.map((bead) => beadText(bead, fenced)).join('\n')}`;
}

async function landedOn(desk: RefineryDesk, convoy: Convoy, paths: readonly string[]): Promise<Bead[]> {
  const found: Bead[] = [];
  for (const bead of convoy.beads.values()) {
    if (bead.landedAs === null || bead.outcome?.kind !== 'change') continue;
    const { base, commit } = bead.outcome;
    const touched = await desk.store.changedPaths(base, commit);
    if (touched.some(({ path }) => paths.includes(path))) found.push(bead);
  }
  return found;
}
