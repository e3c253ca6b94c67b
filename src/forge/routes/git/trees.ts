import { z } from 'zod';
import { isSafePath, listTree, objectType, type TreeEntry, writeBlob, writeTree } from '../../git/objects.ts';
import { resolveCommit } from '../../git/refs.ts';
import { repositoryUrl } from '../../render/repository.ts';
import type { Json } from '../../render/view.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type RepositoryRequest, read, type WriteRequest, write } from '../../server/operation.ts';
import { bareOf } from '../bare-repository.ts';

/** Most entries of a recursive tree, as on GitHub. */
const most = 100_000;

function renderTree(request: RepositoryRequest, sha: string, entries: readonly TreeEntry[]): Json {
  const base = `${repositoryUrl(request.view, request.repository)}/git`;
  return {
    sha,
    url: `${base}/trees/${sha}`,
    tree: entries.slice(0, most).map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.size === undefined ? {} : { size: entry.size }),
      ...(entry.type === 'commit' ? {} : { url: `${base}/${entry.type}s/${entry.sha}` }),
    })),
    truncated: entries.length > most,
  };
}

export const getTree = read({
  path: '/git/trees/{tree_sha}',
  operationId: 'git/get-tree',
  permission: 'contents=read',
  handle: async (request) => {
    const path = bareOf(request);
    const name = request.params.tree_sha ?? '';
    const type = await objectType(path, name);
    const treeish = type === 'tree' ? name : await resolveCommit(path, name);
    const recursive = request.query.get('recursive') !== null;
    const entries = treeish === undefined ? undefined : await listTree(path, treeish, { recursive });
    if (treeish === undefined || entries === undefined) throw notFound();
    return { status: 200, body: renderTree(request, treeish, entries) };
  },
});

const entry = z.object({
  path: z.string().optional(),
  mode: z.enum(['100644', '100755', '040000', '160000', '120000']).optional(),
  type: z.enum(['blob', 'tree', 'commit']).optional(),
  sha: z.string().nullish(),
  content: z.string().optional(),
});

export const createTree = write({
  method: 'POST',
  path: '/git/trees',
  operationId: 'git/create-tree',
  permission: 'contents=write',
  level: 'write',
  body: z.object({ tree: z.array(entry), base_tree: z.string().optional() }),
  handle: async (request) => {
    const path = bareOf(request);
    const base = request.body.base_tree;
    if (base !== undefined && !['tree', 'commit'].includes((await objectType(path, base)) ?? '')) {
      throw new ApiError(422, 'Tree SHA does not exist');
    }
    const changes = [];
    for (const given of request.body.tree) changes.push(await readEntry(request, given));
    const sha = await writeTree(path, base, changes);
    const rendered = renderTree(request, sha, (await listTree(path, sha)) ?? []);
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

async function readEntry(
  request: WriteRequest,
  given: z.infer<typeof entry>,
): Promise<{ path: string; mode: string; sha: string | null }> {
  const path = bareOf(request);
  const name = given.path ?? '';
  const mode = given.mode ?? '100644';
  if (!isSafePath(name)) throw new ApiError(422, `tree.path contains a malformed path component`);
  if (given.sha === null) return { path: name, mode, sha: null };
  if (given.sha === undefined) {
    if (given.content === undefined) throw new ApiError(422, 'Must supply either tree.sha or tree.content');
    return { path: name, mode, sha: await writeBlob(path, Buffer.from(given.content)) };
  }
  const expected = mode === '040000' ? 'tree' : 'blob';
  if (mode !== '160000' && (await objectType(path, given.sha)) !== expected) {
    throw new ApiError(422, `tree.sha ${given.sha} is not a valid ${expected}`);
  }
  if (!/^[0-9a-f]{40}$/.test(given.sha)) throw new ApiError(422, 'tree.sha is not a valid object id');
  return { path: name, mode, sha: given.sha };
}
