import { isMap, parseDocument } from 'yaml';
import { bareRepositoryPath, type ForgeContext, now } from '../../context.ts';
import { listTree, readBlob } from '../../git/objects.ts';
import { resolveCommit } from '../../git/refs.ts';
import { notFound } from '../../server/api-error.ts';
import type { RepositoryRequest } from '../../server/operation.ts';
import type { RepositoryRow, WorkflowRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

/** A workflow file of the default branch. */
export interface WorkflowFile {
  readonly row: WorkflowRow;
  readonly text: string;
}

interface Listed {
  readonly commit: string;
  readonly files: readonly WorkflowFile[];
}

/** The files of each repository as its default branch last had them: every event looks for them. */
const listed = new WeakMap<Store, Map<number, Listed>>();

/** The workflow files of the default branch; each keeps its id for as long as its path. */
export async function listWorkflows(
  context: ForgeContext,
  repository: RepositoryRow,
): Promise<readonly WorkflowFile[]> {
  const path = bareRepositoryPath(context, repository.id);
  const commit = await resolveCommit(path, repository.default_branch);
  if (commit === undefined) return [];
  const known = listed.get(context.store) ?? new Map<number, Listed>();
  listed.set(context.store, known);
  const before = known.get(repository.id);
  if (before?.commit === commit) return before.files;
  const files = await readWorkflows(context, repository, commit);
  known.set(repository.id, { commit, files });
  return files;
}

async function readWorkflows(
  context: ForgeContext,
  repository: RepositoryRow,
  commit: string,
): Promise<WorkflowFile[]> {
  const path = bareRepositoryPath(context, repository.id);
  const entries = (await listTree(path, `${commit}:.github/workflows`)) ?? [];
  const found: WorkflowFile[] = [];
  for (const entry of entries.filter((one) => one.type === 'blob' && /\.ya?ml$/.test(one.path))) {
    const text = (await readBlob(path, entry.sha))?.toString() ?? '';
    found.push({ row: keepRow(context, repository, `.github/workflows/${entry.path}`, text), text });
  }
  return found;
}

function keepRow(context: ForgeContext, repository: RepositoryRow, file: string, text: string): WorkflowRow {
  const { store } = context;
  store.run(
    `INSERT INTO workflows (repository_id, path, created_at, name) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name`,
    repository.id,
    file,
    now(context),
    nameOf(text) ?? file,
  );
  const sql = 'SELECT * FROM workflows WHERE repository_id = ? AND path = ?';
  const row = store.one<WorkflowRow>(sql, repository.id, file);
  if (row === undefined) throw new Error(`workflow ${file} was not stored`);
  return row;
}

/** The `name` that a workflow file gives itself. */
function nameOf(text: string): string | undefined {
  const { contents } = parseDocument(text);
  const name = isMap(contents) ? contents.get('name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The workflow that the path names by its id or file name. @throws ApiError 404 */
export async function workflowOf(request: RepositoryRequest): Promise<WorkflowFile> {
  const name = request.params.workflow_id ?? '';
  const all = await listWorkflows(request.context, request.repository);
  const found = all.find(
    ({ row }) => String(row.id) === name || row.path.endsWith(`/${name}`) || row.path === name,
  );
  if (found === undefined) throw notFound();
  return found;
}
