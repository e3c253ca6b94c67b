import { z } from 'zod';
import { now } from '../../context.ts';
import { readCommit, writeCommit } from '../../git/commits.ts';
import { isSha, objectType } from '../../git/objects.ts';
import { renderGitCommit } from '../../render/commit.ts';
import { ApiError, notFound, validationFailed } from '../../server/api-error.ts';
import { read, write } from '../../server/operation.ts';
import { bareOf } from '../bare-repository.ts';
import { personOf } from '../person.ts';
import { checkMessage } from '../text-limits.ts';

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });

export const getGitCommit = read({
  path: '/git/commits/{commit_sha}',
  operationId: 'git/get-commit',
  permission: 'contents=read',
  handle: async (request) => {
    const sha = request.params.commit_sha ?? '';
    const commit = isSha(sha) ? await readCommit(bareOf(request), sha) : undefined;
    if (commit === undefined) throw notFound();
    return { status: 200, body: renderGitCommit(request.view, request.repository, commit) };
  },
});

export const createGitCommit = write({
  method: 'POST',
  path: '/git/commits',
  operationId: 'git/create-commit',
  permission: 'contents=write',
  level: 'write',
  body: z.object({
    message: z.string(),
    tree: z.string(),
    parents: z.array(z.string()).optional(),
    author: person.optional(),
    committer: person.optional(),
  }),
  handle: async (request) => {
    const { context, repository, actor, view, body } = request;
    const path = bareOf(request);
    checkMessage(body.message);
    if ((await objectType(path, body.tree)) !== 'tree') throw new ApiError(422, 'Tree SHA does not exist');
    for (const parent of body.parents ?? []) {
      if ((await objectType(path, parent)) !== 'commit') {
        throw new ApiError(422, 'Parent SHA does not exist or is not a commit object');
      }
    }
    const self = personOf(actor.user, now(context));
    const author = dated({ ...self, ...body.author });
    const committer = dated({ ...(body.author === undefined ? self : author), ...body.committer });
    const sha = await writeCommit(path, {
      message: body.message,
      tree: body.tree,
      parents: body.parents ?? [],
      author,
      committer,
    });
    const commit = await readCommit(path, sha);
    if (commit === undefined) throw new Error('a commit that was just written is gone');
    const rendered = renderGitCommit(view, repository, commit);
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

/** A person whose name, address and date git will take. @throws ApiError 422 */
export function dated(given: { name: string; email: string; date?: string | undefined }): {
  name: string;
  email: string;
  date: string;
} {
  const time = Date.parse(given.date ?? '');
  if (Number.isNaN(time)) throw validationFailed({ resource: 'Commit', field: 'date', code: 'invalid' });
  if (/[<>\n\0]/.test(given.name + given.email) || given.email.trim() === '' || given.name.trim() === '') {
    throw validationFailed({ resource: 'Commit', field: 'author', code: 'invalid' });
  }
  return { name: given.name, email: given.email, date: new Date(time).toISOString() };
}
