import { isSafePath, listTree, readBlob, type TreeEntry } from '../../git/objects.ts';
import { resolveCommit } from '../../git/refs.ts';
import { repositoryPage, repositoryUrl } from '../../render/repository.ts';
import type { Json } from '../../render/view.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type Reply, type RepositoryRequest, read } from '../../server/operation.ts';
import { bareOf } from '../bare-repository.ts';
import { lines } from '../git/blobs.ts';

/** Longest file whose content is in the answer, in bytes, as on GitHub. */
const longest = 1024 * 1024;

export const getRootContents = read({
  path: '/contents',
  operationId: 'repos/get-content',
  permission: 'contents=read',
  handle: (request) => contents(request, ''),
});

export const getContents = read({
  path: '/contents/{path}',
  operationId: 'repos/get-content',
  permission: 'contents=read',
  handle: (request) => contents(request, (request.params.path ?? '').replace(/\/+$/, '')),
});

async function contents(request: RepositoryRequest, file: string): Promise<Reply> {
  const path = bareOf(request);
  const name = request.query.get('ref') ?? request.repository.default_branch;
  const commit = await resolveCommit(path, name);
  if (commit === undefined) {
    throw request.query.has('ref') ? new ApiError(404, `No commit found for the ref ${name}`) : notFound();
  }
  if (file === '') return directory(request, name, '', commit);
  if (!isSafePath(file)) throw notFound();
  const [entry] = (await listTree(path, commit, { only: file })) ?? [];
  if (entry === undefined) throw notFound();
  if (entry.type === 'tree') return directory(request, name, file, entry.sha);
  const raw = /application\/vnd\.github(\.v3)?\.raw/.test(String(request.headers.accept ?? ''));
  const content = entry.type === 'blob' ? await readBlob(path, entry.sha) : undefined;
  if (raw && content !== undefined) {
    const headers = { 'content-type': 'application/vnd.github.raw; charset=utf-8' };
    return { status: 200, body: content.toString('utf8'), headers };
  }
  return { status: 200, body: { ...renderEntry(request, name, entry), ...contentOf(entry, content) } };
}

function contentOf(entry: TreeEntry, content: Buffer | undefined): Json {
  if (content === undefined) return { submodule_git_url: null };
  if (entry.mode === '120000') return { target: content.toString() };
  const small = content.length <= longest;
  return { content: small ? lines(content) : '', encoding: small ? 'base64' : 'none' };
}

async function directory(
  request: RepositoryRequest,
  ref: string,
  folder: string,
  tree: string,
): Promise<Reply> {
  const entries = (await listTree(bareOf(request), tree)) ?? [];
  const prefix = folder === '' ? '' : `${folder}/`;
  return {
    status: 200,
    body: entries.map((entry) => {
      const rendered = renderEntry(request, ref, { ...entry, path: `${prefix}${entry.path}` });
      return entry.type === 'commit' ? { ...rendered, type: 'file' } : rendered;
    }),
  };
}

const types: Readonly<Record<string, string>> = {
  '120000': 'symlink',
  '160000': 'submodule',
  '040000': 'dir',
};

/** What files and directories of the contents API share. */
export function renderEntry(request: RepositoryRequest, ref: string, entry: TreeEntry): Json {
  const { repository, view } = request;
  const base = repositoryUrl(view, repository);
  const page = repositoryPage(view, repository);
  const escaped = entry.path.split('/').map(encodeURIComponent).join('/');
  const name = encodeURIComponent(ref);
  const url = `${base}/contents/${escaped}?ref=${name}`;
  const gitUrl = entry.type === 'commit' ? null : `${base}/git/${entry.type}s/${entry.sha}`;
  const html = `${page}/${entry.type === 'tree' ? 'tree' : 'blob'}/${name}/${escaped}`;
  return {
    name: entry.path.split('/').at(-1),
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: entry.type === 'blob' ? `${page}/raw/${name}/${escaped}` : null,
    type: types[entry.mode] ?? 'file',
    _links: { self: url, git: gitUrl, html },
  };
}
