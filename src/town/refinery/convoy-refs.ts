import type { Convoy } from '../../domain/convoy/state.ts';
import type { GitStore } from '../ports/git-store.ts';

/** The branch that holds verified heads only. */
export const headRef = (convoy: Convoy): string => `refs/heads/gas-town/convoy-${convoy.opened.issue}`;

/** Keeps a merge that is being verified from being collected as garbage. */
export const candidateRef = (convoy: Convoy): string =>
  `refs/gas-town/convoy/${convoy.opened.issue}/candidate`;

/** The merge of a bead as the Refinery's agent resolved it. */
export const resolvedRef = (convoy: Convoy, bead: number): string =>
  `refs/gas-town/convoy/${convoy.opened.issue}/resolved/${bead}`;

/** The merge of the base branch or of a person's push as the Refinery's agent resolved it. */
export const takenInRef = (convoy: Convoy): string => `refs/gas-town/convoy/${convoy.opened.issue}/taken-in`;

/** What the Refinery's agent mended on top of a red candidate. */
export const repairedRef = (convoy: Convoy): string => `refs/gas-town/convoy/${convoy.opened.issue}/repaired`;

/** The commit that a session of the Refinery's agent was begun on. */
export const sessionRef = (convoy: Convoy, session: string): string =>
  `refs/gas-town/convoy/${convoy.opened.issue}/session/${session}`;

/** The head on which the final pass began, for as long as its session lasts. */
export const finalStartRef = (convoy: Convoy): string =>
  `refs/gas-town/convoy/${convoy.opened.issue}/final-start`;

/** What the final pass made of the head. */
export const finalRef = (convoy: Convoy): string => `refs/gas-town/convoy/${convoy.opened.issue}/final`;

/** Keeps the commit that holds the lessons until it has landed. */
export const lessonsRef = (convoy: Convoy): string => `refs/gas-town/convoy/${convoy.opened.issue}/lessons`;

/** Points a ref of the town's own at a commit, wherever it stood. */
export async function pointRef(store: GitStore, ref: string, commit: string): Promise<void> {
  for (;;) {
    const standing = await store.resolve(ref);
    if (standing === commit || (await store.moveRef(ref, commit, standing))) return;
  }
}

/** Brings the convoy's branch to the head that the ledger names: the ledger is written first, a kill may come between. */
export async function alignBranch(store: GitStore, convoy: Convoy): Promise<void> {
  if (convoy.verified !== null) await pointRef(store, headRef(convoy), convoy.head);
}
