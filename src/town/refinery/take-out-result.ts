import type { GitStore, Oid } from '../ports/git-store.ts';
import type { RefusedPath, Sandbox } from '../ports/sandbox.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { agentSignature } from './signature.ts';

export type TakenResult =
  | { readonly status: 'taken'; readonly tree: Oid; readonly changed: boolean }
  | { readonly status: 'refused'; readonly text: string };

/** The tree that an agent's container holds now, given the commit whose tree it started from. */
export async function takeOutResult(
  desk: RefineryDesk,
  sandbox: Sandbox,
  startedFrom: Oid,
): Promise<TakenResult> {
  const taken = await sandbox.takeOut();
  const result = await desk.store.commitChanges({
    parent: startedFrom,
    changes: taken.changes,
    message: 'What the container holds\n',
    author: agentSignature('refinery', desk.town.clock()),
  });
  const refused = [...taken.refused, ...result.refused];
  if (refused.length > 0) return { status: 'refused', text: refusedText(refused) };
  return result.status === 'committed'
    ? { status: 'taken', tree: result.tree, changed: true }
    : { status: 'taken', tree: await desk.store.treeOf(startedFrom), changed: false };
}

/** The paths that differ between two trees. */
export async function differingPaths(store: GitStore, from: Oid, to: Oid): Promise<string[]> {
  return (await store.changedPaths(from, to)).map(({ path }) => path);
}

const refusedShown = 20;

function refusedText(refused: readonly RefusedPath[]): string {
  const list = refused.slice(0, refusedShown).map(({ path, rule }) => `- ${path}: ${rule}`);
  const more = refused.length > refusedShown ? `\n… and ${refused.length - refusedShown} more` : '';
  return `These paths can't be taken out of the container. Mend or remove them, then report again:\n${list.join('\n')}${more}`;
}
