import type { Bead } from '../../domain/bead/bead.ts';
import { withholdWorkflows } from '../../domain/convoy/decisions/withhold-workflows.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { isWorkflowPath } from '../../domain/merge-queue/protected-paths.ts';
import type { GitStore, Oid } from '../ports/git-store.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { townSignature } from './signature.ts';

/**
 * The commit of a bead that may be merged: its own, or, where that changes a workflow, the same without it. GitHub takes no
 * push that holds a workflow's change anywhere in its history, so the bead's own commit never becomes a parent then.
 */
export async function mergeableCommit(
  desk: RefineryDesk,
  bead: Bead,
  at: Date | undefined,
): Promise<Oid | null> {
  if (bead.outcome?.kind !== 'change') return null;
  const { base, commit } = bead.outcome;
  const paths = (await desk.store.changedPaths(base, commit)).flatMap(({ path }) =>
    isWorkflowPath(path) ? path : [],
  );
  if (paths.length === 0) return commit;
  await desk.decide(`merge:${commit}`, (state) =>
    withholdWorkflows(state, { bead: bead.number, commit, paths }),
  );
  return desk.store.commitTree({
    tree: await desk.store.restorePaths(commit, base, isWorkflowPath),
    parents: [base],
    message: `Bead ${desk.convoy().opened.issue}.${bead.number}, without its change of workflows\n`,
    author: townSignature(at ?? new Date(desk.convoy().openedAt)),
  });
}

/** What a landed bead would change of the workflows, for people to apply. */
export interface WorkflowPatch {
  readonly bead: number;
  readonly text: string;
  readonly truncated: boolean;
}

const patchBytesMax = 16 * 1024;

/** The patches that were left out of the branch, by bead. */
export async function workflowPatches(store: GitStore, convoy: Convoy): Promise<readonly WorkflowPatch[]> {
  const patches: WorkflowPatch[] = [];
  for (const bead of convoy.beads.values()) {
    if (bead.landedAs === null || bead.outcome?.kind !== 'change') continue;
    const { base, commit } = bead.outcome;
    const kept = convoy.withheld.find((one) => one.bead === bead.number && one.commit === commit);
    if (kept === undefined) continue;
    const patch = await store.diff(base, commit, { maxBytes: patchBytesMax, paths: kept.paths });
    patches.push({ bead: bead.number, ...patch });
  }
  return patches;
}
