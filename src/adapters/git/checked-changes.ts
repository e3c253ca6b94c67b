import type { Change, RefusedPath } from '../../town/ports/sandbox.ts';
import { collidingPaths } from './colliding-names.ts';
import { foldersAbove, keyOf, type PathKey, shown } from './path-bytes.ts';
import { brokenLinkRule, brokenPathRule, type CommitLimits } from './path-rules.ts';
import { submodule, type TreeEntry } from './tree-entries.ts';

/** Decides, change by change and then all together, what may be written on top of a parent's tree. */
export interface ChangeCheck {
  /** Null for what passes on its own; otherwise the rule that it breaks (which is remembered too). */
  refuse(change: Change): string | null;
  /** What is left after the rules that see all changes together: paths to remove, and those of `written` that may be kept. */
  settle(written: readonly PathKey[]): {
    readonly deleted: readonly PathKey[];
    readonly kept: ReadonlySet<PathKey>;
  };
  readonly refused: readonly RefusedPath[];
}

export function checkChanges(parent: ReadonlyMap<PathKey, TreeEntry>, limits: CommitLimits): ChangeCheck {
  const refused: RefusedPath[] = [];
  const deletes = new Set<PathKey>();
  const submodules = [...parent].filter(([, entry]) => entry.mode === submodule).map(([key]) => key);
  let seen = 0;

  const ruleFor = (change: Change, key: PathKey): string | null => {
    const entry = parent.get(key);
    const broken = brokenPathRule(key, entry !== undefined, limits);
    if (broken !== null) return broken;
    if (entry?.mode === submodule || submodules.some((sub) => key.startsWith(`${sub}/`))) return 'submodule';
    if (change.kind === 'delete') return null;
    if (change.content.length > limits.maxFileBytes) return 'file-too-large';
    return change.mode === '120000' ? brokenLinkRule(key, change.content) : null;
  };

  return {
    refused,
    refuse(change) {
      const key = keyOf(change.path);
      seen += 1;
      const rule = seen > limits.maxFiles ? 'too-many-files' : ruleFor(change, key);
      if (rule !== null) refused.push({ path: shown(key), rule });
      else if (change.kind === 'delete') deletes.add(key);
      return rule;
    },
    settle(written) {
      const deleted = pathsUnder(parent, deletes);
      const gone = new Set(deleted);
      const kept = new Set(written);
      const staying = [...parent.keys()].filter((key) => !gone.has(key));
      const added = written.filter((key) => !parent.has(key));
      const refuseLate = (key: PathKey, rule: string): void => {
        if (kept.delete(key)) refused.push({ path: shown(key), rule });
      };
      for (const key of fileAndFolder(staying, written)) refuseLate(key, 'file-and-folder');
      const addedStill = added.filter((key) => kept.has(key));
      for (const key of collidingPaths(staying, addedStill)) refuseLate(key, 'name-collision');
      return { deleted: deleted.filter((key) => !kept.has(key)), kept };
    },
  };
}

/** The entries at or below the deleted paths; a submodule is never removed with its folder. */
function pathsUnder(parent: ReadonlyMap<PathKey, TreeEntry>, deletes: ReadonlySet<PathKey>): PathKey[] {
  if (deletes.size === 0) return [];
  const inside = (key: PathKey): boolean => {
    for (const folder of foldersAbove(key)) if (deletes.has(folder)) return true;
    return false;
  };
  return [...parent]
    .filter(([key, entry]) => entry.mode !== submodule && (deletes.has(key) || inside(key)))
    .map(([key]) => key);
}

/** Written paths that would be both a file and a folder. git would quietly drop one of the two. */
function fileAndFolder(staying: readonly PathKey[], written: readonly PathKey[]): PathKey[] {
  const files = new Set([...staying, ...written]);
  const folders = new Set<PathKey>();
  for (const key of files) for (const folder of foldersAbove(key)) folders.add(folder);
  return written.filter((key) => {
    if (folders.has(key)) return true;
    for (const folder of foldersAbove(key)) if (files.has(folder)) return true;
    return false;
  });
}
