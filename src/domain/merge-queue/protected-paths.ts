/** One path that differs between two trees; a mode is null where the path is not there. */
export interface ChangedEntry {
  readonly path: string;
  readonly before: { readonly mode: string; readonly oid: string } | null;
  readonly after: { readonly mode: string; readonly oid: string } | null;
}

/** Why a path needs a person: what it can do to the repository's automation, owners or agents. */
export type Protection = 'workflow' | 'github' | 'owners' | 'agents' | 'submodule' | 'town';

const files: ReadonlyMap<string, Protection> = new Map([
  ['codeowners', 'owners'],
  ['docs/codeowners', 'owners'],
  ['.gitmodules', 'submodule'],
  ['.cursorrules', 'agents'],
  ['.windsurfrules', 'agents'],
  ['.clinerules', 'agents'],
  ['.mcp.json', 'agents'],
]);

/** Read by agents in whatever folder they stand. */
const agentFiles: ReadonlySet<string> = new Set([
  'agents.md',
  'agents.override.md',
  'claude.md',
  'gemini.md',
]);

const workflowFolder = '.github/workflows';

/** A folder, or whatever takes its place under the same name. */
const folders: readonly (readonly [string, Protection])[] = [
  [workflowFolder, 'workflow'],
  ['.github', 'github'],
  ['.claude', 'agents'],
  ['.cursor', 'agents'],
  ['.codex', 'agents'],
  ['.gemini', 'agents'],
  ['.gas-town', 'town'],
];

/**
 * Why a changed path is protected, or null. It is asked of every path of the resulting tree that differs, so that a rename
 * (one path gone, one come), a mode, a link or a submodule is seen like any other change.
 */
export function protection({ path, before, after }: ChangedEntry): Protection | null {
  if (before?.mode === submodule || after?.mode === submodule) return 'submodule';
  const folded = path.normalize('NFKC').toLowerCase();
  const exact = files.get(folded);
  if (exact !== undefined) return exact;
  for (const [folder, why] of folders) {
    if (folded === folder || folded.startsWith(`${folder}/`)) return why;
  }
  return agentFiles.has(folded.slice(folded.lastIndexOf('/') + 1)) ? 'agents' : null;
}

/** A file that GitHub runs, or what would take the place of the folder that holds them. */
export function isWorkflowPath(path: string): boolean {
  const folded = path.normalize('NFKC').toLowerCase();
  return folded === workflowFolder || folded.startsWith(`${workflowFolder}/`);
}

const submodule = '160000';

/** What a person approves, as text to be hashed: the protected paths and what they become. */
export function approvalSubject(entries: readonly ChangedEntry[]): string {
  return entries
    .map(({ path, after }) => `${path}\0${after === null ? 'gone' : `${after.mode} ${after.oid}`}`)
    .sort()
    .join('\n');
}
