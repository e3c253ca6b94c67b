import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WritingActor } from '../auth/actor.ts';
import type { ForgeContext } from '../context.ts';
import { protectionRefusal, type RefMove } from '../routes/branches/check-ref-protection.ts';
import type { RepositoryRow } from '../store/rows.ts';

/**
 * The one hook that pushes run, the forge's own: whether a push is a fast forward is known only once git has its
 * objects. It reads what is refused, `REF MOVE` a line, and whether workflow files are, from its environment, and starts a
 * program for that only where something is.
 */
const update = `#!/bin/sh
zero=0000000000000000000000000000000000000000
if [ -n "$FORGE_REFUSED" ]; then
  move=forward
  if [ "$3" = "$zero" ]; then move=delete
  elif [ "$2" != "$zero" ] && ! git merge-base --is-ancestor "$2" "$3"; then move=force
  fi
  if printf '%s\\n' "$FORGE_REFUSED" | grep -Fqx "$1 $move"; then
    echo "error: GH006: Protected branch update failed for $1." >&2
    exit 1
  fi
fi
if [ -n "$FORGE_NO_WORKFLOWS" ] && [ "$3" != "$zero" ]; then
  for path in $(git log --format= --name-only "$3" --not --all -- .github/workflows); do
    echo "error: refusing to allow a GitHub App to create or update workflow $path without workflows permission" >&2
    exit 1
  done
fi
`;

/** Writes the hook into the forge's folder, outside every repository. */
export async function writeHooks(folder: string): Promise<void> {
  const hooks = hooksFolder(folder);
  await mkdir(hooks, { recursive: true, mode: 0o700 });
  await writeFile(path.join(hooks, 'update'), update, { mode: 0o700 });
}

export function hooksFolder(folder: string): string {
  return path.join(folder, 'hooks');
}

/** The hook's environment for one push. */
export function hookEnvironment(
  context: ForgeContext,
  repository: RepositoryRow,
  actor: WritingActor,
): Record<string, string> {
  const workflows = actor.kind === 'user' || actor.permissions.workflows === 'write';
  return {
    FORGE_REFUSED: refusedMoves(context, repository, actor),
    FORGE_NO_WORKFLOWS: workflows ? '' : '1',
  };
}

/** What this actor may not do to the repository's protected branches, as the hook reads it. */
function refusedMoves(context: ForgeContext, repository: RepositoryRow, actor: WritingActor): string {
  const branches = context.store.all<{ branch: string }>(
    'SELECT branch FROM protections WHERE repository_id = ?',
    repository.id,
  );
  const moves: readonly RefMove[] = ['forward', 'force', 'delete'];
  return branches
    .flatMap(({ branch }) => moves.map((move) => ({ ref: `refs/heads/${branch}`, move })))
    .filter(({ ref, move }) => protectionRefusal(context, repository, ref, move, actor) !== undefined)
    .map(({ ref, move }) => `${ref} ${move}`)
    .join('\n');
}
