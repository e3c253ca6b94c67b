import { createHash } from 'node:crypto';
import type { Bead } from '../../domain/bead/bead.ts';
import { holdBead } from '../../domain/convoy/decisions/hold-bead.ts';
import { returnBead } from '../../domain/convoy/decisions/return-bead.ts';
import { approvalSubject, type ChangedEntry, protection } from '../../domain/merge-queue/protected-paths.ts';
import type { Oid } from '../ports/git-store.ts';
import type { RefineryDesk } from './refinery-desk.ts';

const hashLength = 16;
const pathsShown = 50;
const diffBytesMax = 16 * 1024;

/**
 * Whether a bead's merge may go on, decided on the tree that would result. A change of protected paths is held until a
 * person has approved exactly that change. What a bead changes of workflows was left out before; where a resolved conflict
 * brings such a change in, the bead goes back: it is never pushed.
 */
export async function guardLanding(
  desk: RefineryDesk,
  bead: Bead,
  merge: { readonly onto: Oid; readonly result: Oid },
): Promise<'free' | 'stopped'> {
  const touched = await protectedEntries(desk, merge.onto, merge.result);
  if (touched.length === 0) return 'free';
  const workflows = touched.filter((entry) => protection(entry) === 'workflow');
  if (workflows.length > 0) {
    const paths = list(workflows);
    const reason = `It changes ${paths}: a workflow can't be pushed by the town. Leave it as it is, and note the change on the bead as a patch.`;
    await desk.decide(`guard:${merge.result}`, (state) =>
      returnBead(state, { bead: bead.number, reason, output: paths }),
    );
    return 'stopped';
  }
  const hash = approvalHash(touched);
  if (desk.convoy().approved.has(hash)) return 'free';
  const paths = touched.slice(0, pathsShown).map(({ path }) => path);
  const { text, truncated } = await desk.store.diff(merge.onto, merge.result, {
    maxBytes: diffBytesMax,
    paths,
  });
  const diff = truncated ? `${text}\n… (cut)` : text;
  await desk.decide(`guard:${merge.result}`, (state) =>
    holdBead(state, { bead: bead.number, hash, paths, diff }),
  );
  return 'stopped';
}

/** The changed paths that need a person. */
export async function protectedEntries(desk: RefineryDesk, from: Oid, to: Oid): Promise<ChangedEntry[]> {
  return (await desk.store.changedEntries(from, to)).filter((entry) => protection(entry) !== null);
}

/** What a person types to approve exactly this change. */
export const approvalHash = (entries: readonly ChangedEntry[]): string =>
  createHash('sha256').update(approvalSubject(entries)).digest('hex').slice(0, hashLength);

const list = (entries: readonly ChangedEntry[]): string => entries.map(({ path }) => path).join(', ');
