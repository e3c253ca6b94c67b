import { isMap, parseDocument } from 'yaml';
import { bareRepositoryPath, type ForgeContext, now } from '../../context.ts';
import { listTree, readBlob } from '../../git/objects.ts';
import { resolveCommit } from '../../git/refs.ts';
import { notFound } from '../../server/api-error.ts';
import type { RepositoryRequest } from '../../server/operation.ts';
import type { RepositoryRow, WorkflowRow } from '../../store/rows.ts';

/** A workflow file of the default branch. */
export interface WorkflowFile {
  readonly row: WorkflowRow;
  readonly text: string;
}

/** The workflow files of the default branch; each keeps its id for as long as its path. */
export async function listWorkflows(
  context: ForgeContext,
  repository: RepositoryRow,
): Promise<WorkflowFile[]> {
  const path = bareRepositoryPath(context, repository.id);
  const commit = await resolveCommit(path, repository.default_branch);
  const entries = commit === undefined ? [] : ((await listTree(path, `${commit}:.github/workflows`)) ?? []);
  const found: WorkflowFile[] = [];
  for (const entry of entries.filter((one) => one.type === 'blob' && /\.ya?ml$/.test(one.path))) {
    const text = (await readBlob(path, entry.sha))?.toString() ?? '';
    const file = `.github/workflows/${entry.path}`;
    context.store.run(
      `INSERT INTO workflows (repository_id, path, created_at, name) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET name = excluded.name`,
      repository.id,
      file,
      now(context),
      nameOf(text) ?? file,
    );
    const row = context.store.one<WorkflowRow>(
      'SELECT * FROM workflows WHERE repository_id = ? AND path = ?',
      repository.id,
      file,
    );
    if (row !== undefined) found.push({ row, text });
  }
  return found;
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
