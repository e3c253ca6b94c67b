import type Dockerode from 'dockerode';
import type { TreeDifference } from '../../../town/ports/sandbox.ts';
import { SandboxFailed } from '../engine/errors.ts';
import type { Lanes } from '../shell/lanes.ts';
import { feed } from '../shell/shell-text.ts';
import { bytesOf, foldersOf, pathOfBytes } from '../take-out/byte-path.ts';
import type { Baseline } from './baseline.ts';
import { putTree } from './put-tree.ts';

const TIMEOUT_MS = 120_000;

const list = (paths: readonly string[]): Buffer =>
  Buffer.concat(paths.flatMap((path) => [bytesOf(`./${path}`), Buffer.of(0)]));

/**
 * Turns the tree in a running container into another one, and returns what it changed as a baseline of its own (removed
 * paths with mode `000000`). What goes is removed first, so that a file may give way to a folder of its name.
 */
export async function applyDifference(
  container: Dockerode.Container,
  lanes: Lanes,
  difference: TreeDifference,
): Promise<Baseline> {
  const deleted = difference.deleted.map(pathOfBytes);
  if (deleted.length > 0) {
    // git keeps no empty folders.
    const answer = await lanes.call(
      `cd /workspace
${feed(list(deleted), '| xargs -0 rm -f -- || exit 1')}
${feed(list(foldersOf(deleted)), '| xargs -0 -r rmdir --ignore-fail-on-non-empty -- 2>/dev/null')}
:`,
      () => true,
      { timeoutMs: TIMEOUT_MS },
    );
    if (answer.status === 'lost' || answer.exit !== 0) {
      throw new SandboxFailed({ doing: 'removing files of a tree', status: null, reason: 'rm failed' });
    }
  }
  const changed = await putTree(container, difference.files());
  for (const path of deleted) {
    if (!changed.entries.has(path)) changed.entries.set(path, { mode: '000000', hash: '', tracked: true });
  }
  return changed;
}
