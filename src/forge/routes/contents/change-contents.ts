import { z } from 'zod';
import { now } from '../../context.ts';
import { afterRefUpdate } from '../../effects/after-ref-update.ts';
import { readCommit, writeCommit } from '../../git/commits.ts';
import { isSafePath, listTree, type TreeEntry, writeBlob, writeTree } from '../../git/objects.ts';
import { branchHead, nullSha, updateRef } from '../../git/refs.ts';
import { renderGitCommit } from '../../render/commit.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type Reply, type WriteRequest, write } from '../../server/operation.ts';
import { bareOf } from '../bare-repository.ts';
import { checkRefProtection } from '../branches/check-ref-protection.ts';
import { dated } from '../git/git-commits.ts';
import { personOf } from '../person.ts';
import { checkMessage } from '../text-limits.ts';
import { renderEntry } from './get-contents.ts';

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const common = {
  message: z.string(),
  branch: z.string().optional(),
  author: person.optional(),
  committer: person.optional(),
};
const access = { permission: 'contents=write', level: 'write', path: '/contents/{path}' } as const;
const putBody = z.object({ ...common, content: z.string(), sha: z.string().optional() });
const deleteBody = z.object({ ...common, sha: z.string() });

type Change = WriteRequest<z.infer<typeof putBody> | z.infer<typeof deleteBody>>;

export const putContents = write({
  ...access,
  method: 'PUT',
  operationId: 'repos/create-or-update-file-contents',
  body: putBody,
  handle: async (request) => {
    const { base, file, before } = await target(request);
    const { sha, content } = request.body;
    if (before !== undefined && sha === undefined) {
      throw new ApiError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
    }
    if (sha !== undefined && sha !== before?.sha) throw new ApiError(409, `${file} does not match ${sha}`);
    const blob = await writeBlob(bareOf(request), Buffer.from(content, 'base64'));
    const mode = before?.mode ?? '100644';
    return commit(request, base, { path: file, mode, sha: blob }, before === undefined ? 201 : 200);
  },
});

export const deleteContents = write({
  ...access,
  method: 'DELETE',
  operationId: 'repos/delete-file',
  body: deleteBody,
  handle: async (request) => {
    const { base, file, before } = await target(request);
    if (before === undefined) throw notFound();
    if (request.body.sha !== before.sha)
      throw new ApiError(409, `${file} does not match ${request.body.sha}`);
    return commit(request, base, { path: file, mode: before.mode, sha: null }, 200);
  },
});

interface Target {
  readonly base: string | undefined;
  readonly file: string;
  readonly before: TreeEntry | undefined;
}

function branchOf(request: Change): string {
  return request.body.branch ?? request.repository.default_branch;
}

/** The branch's commit and the file's entry in it. @throws ApiError 404, 422 */
async function target(request: Change): Promise<Target> {
  const path = bareOf(request);
  const file = request.params.path ?? '';
  checkMessage(request.body.message);
  if (!isSafePath(file)) throw new ApiError(422, 'path contains a malformed path component');
  const base = await branchHead(path, branchOf(request));
  if (base === undefined && request.body.branch !== undefined) {
    throw new ApiError(404, `Branch ${request.body.branch} not found`);
  }
  const [before] = base === undefined ? [] : ((await listTree(path, base, { only: file })) ?? []);
  return { base, file, before };
}

async function commit(
  request: Change,
  base: string | undefined,
  change: { readonly path: string; readonly mode: string; readonly sha: string | null },
  status: 200 | 201,
): Promise<Reply> {
  const { context, repository, actor, view, body } = request;
  const path = bareOf(request);
  const ref = `refs/heads/${branchOf(request)}`;
  checkRefProtection(context, repository, ref, 'forward', actor);
  const self = personOf(actor.user, now(context));
  const author = dated({ ...self, ...(body.author ?? body.committer) });
  const committer = dated({ ...self, ...body.committer });
  const tree = await writeTree(path, base, [change]);
  const parents = base === undefined ? [] : [base];
  const sha = await writeCommit(path, { tree, parents, author, committer, message: body.message });
  if ((await updateRef(path, ref, sha, base ?? nullSha)) === 'changed meanwhile') {
    throw new ApiError(409, `is at ${base} but expected ${sha}`);
  }
  await afterRefUpdate(context, repository, { ref, before: base ?? nullSha, after: sha }, actor.user);
  const written = await readCommit(path, sha);
  if (written === undefined) throw new Error('a commit that was just written is gone');
  const [entry] = change.sha === null ? [] : ((await listTree(path, sha, { only: change.path })) ?? []);
  const content = entry === undefined ? null : renderEntry(request, branchOf(request), entry);
  return { status, body: { content, commit: renderGitCommit(view, repository, written) } };
}
