import { z } from 'zod';
import { afterRefUpdate } from '../../effects/after-ref-update.ts';
import { objectType } from '../../git/objects.ts';
import { findRef, isAncestor, isRefName, listRefs, nullSha, type Ref, updateRef } from '../../git/refs.ts';
import { repositoryUrl } from '../../render/repository.ts';
import { type Json, nodeId } from '../../render/view.ts';
import { ApiError, notFound, validationFailed } from '../../server/api-error.ts';
import { type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { bareOf } from '../bare-repository.ts';
import { checkRefProtection } from '../branches/check-ref-protection.ts';
import { isEmpty } from './empty-repository.ts';

const access = { permission: 'contents=write', level: 'write' } as const;

function renderRef(request: RepositoryRequest, ref: Ref): Json {
  const base = `${repositoryUrl(request.view, request.repository)}/git`;
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${request.repository.id}:${ref.name}`),
    url: `${base}/${ref.name}`,
    object: { sha: ref.sha, type: ref.type, url: `${base}/${ref.type}s/${ref.sha}` },
  };
}

async function refuseEmpty(request: RepositoryRequest): Promise<void> {
  if (await isEmpty(bareOf(request))) throw new ApiError(409, 'Git Repository is empty.');
}

export const getRef = read({
  path: '/git/ref/{ref}',
  operationId: 'git/get-ref',
  permission: 'contents=read',
  handle: async (request) => {
    await refuseEmpty(request);
    const ref = await findRef(bareOf(request), `refs/${request.params.ref}`);
    if (ref === undefined) throw notFound();
    return { status: 200, body: renderRef(request, ref) };
  },
});

export const listMatchingRefs = read({
  path: '/git/matching-refs/{ref}',
  operationId: 'git/list-matching-refs',
  permission: 'contents=read',
  handle: async (request) => {
    await refuseEmpty(request);
    const prefix = `refs/${request.params.ref}`;
    const refs = (await listRefs(bareOf(request), 'refs')).filter((ref) => ref.name.startsWith(prefix));
    return listReply(request, refs, (ref) => renderRef(request, ref));
  },
});

export const createRef = write({
  ...access,
  method: 'POST',
  path: '/git/refs',
  operationId: 'git/create-ref',
  body: z.object({ ref: z.string(), sha: z.string() }),
  handle: async (request) => {
    const { context, repository, actor, body } = request;
    const path = bareOf(request);
    await refuseEmpty(request);
    if (!(await isRefName(path, body.ref))) {
      throw new ApiError(
        422,
        "Reference name is not valid. It must start with 'refs' and have at least two slashes.",
      );
    }
    const type = await objectType(path, body.sha);
    if (type === undefined) throw new ApiError(422, 'Object does not exist');
    if (type !== 'commit' && body.ref.startsWith('refs/heads/'))
      throw new ApiError(422, 'Reference update failed');
    if ((await updateRef(path, body.ref, body.sha, nullSha)) === 'changed meanwhile') {
      throw new ApiError(422, 'Reference already exists');
    }
    await afterRefUpdate(
      context,
      repository,
      { ref: body.ref, before: nullSha, after: body.sha },
      actor.user,
    );
    const rendered = renderRef(request, { name: body.ref, type, sha: body.sha });
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

export const changeRef = write({
  ...access,
  method: 'PATCH',
  path: '/git/refs/{ref}',
  operationId: 'git/update-ref',
  body: z.object({ sha: z.string(), force: z.boolean().optional() }),
  handle: async (request) => {
    const { context, repository, actor, body } = request;
    const path = bareOf(request);
    const name = `refs/${request.params.ref}`;
    const before = await findRef(path, name);
    if (before === undefined) throw new ApiError(422, 'Reference does not exist');
    const type = await objectType(path, body.sha);
    if (type === undefined) throw new ApiError(422, 'Object does not exist');
    const forward = await isAncestor(path, before.sha, body.sha);
    if (!forward && body.force !== true) throw new ApiError(422, 'Update is not a fast forward');
    checkRefProtection(context, repository, name, forward ? 'forward' : 'force', actor);
    if ((await updateRef(path, name, body.sha, before.sha)) === 'changed meanwhile') {
      throw new ApiError(422, 'Reference cannot be updated');
    }
    await afterRefUpdate(context, repository, { ref: name, before: before.sha, after: body.sha }, actor.user);
    return { status: 200, body: renderRef(request, { name, type, sha: body.sha }) };
  },
});

export const deleteRef = write({
  ...access,
  method: 'DELETE',
  path: '/git/refs/{ref}',
  operationId: 'git/delete-ref',
  handle: async (request) => {
    const { context, repository, actor } = request;
    const path = bareOf(request);
    const name = `refs/${request.params.ref}`;
    const before = await findRef(path, name);
    if (before === undefined || name.startsWith('refs/pull/'))
      throw new ApiError(422, 'Reference does not exist');
    if (name === `refs/heads/${repository.default_branch}`)
      throw validationFailed('Cannot delete the default branch');
    checkRefProtection(context, repository, name, 'delete', actor);
    if ((await updateRef(path, name, nullSha, before.sha)) === 'changed meanwhile') {
      throw new ApiError(422, 'Reference cannot be updated');
    }
    await afterRefUpdate(context, repository, { ref: name, before: before.sha, after: nullSha }, actor.user);
    return { status: 204 };
  },
});
