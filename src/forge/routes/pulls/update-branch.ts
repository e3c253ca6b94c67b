import { z } from 'zod';
import { now } from '../../context.ts';
import { afterRefUpdate } from '../../effects/after-ref-update.ts';
import { mergeCommit } from '../../git/merge.ts';
import { branchHead, isAncestor, updateRef } from '../../git/refs.ts';
import { repositoryUrl } from '../../render/repository.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { write } from '../../server/operation.ts';
import { findPull } from '../../store/issues.ts';
import { bareOf } from '../bare-repository.ts';
import { pullOf } from '../find-in-request.ts';
import { personOf } from '../person.ts';

/** Merges the base branch into the pull request's branch. */
export const updatePullBranch = write({
  method: 'PUT',
  path: '/pulls/{pull_number}/update-branch',
  operationId: 'pulls/update-branch',
  permission: 'pull_requests=write,contents=write',
  level: 'write',
  body: z.object({ expected_head_sha: z.string().optional() }),
  handle: async (request) => {
    const { context, repository, actor, view, body } = request;
    const issue = pullOf(request);
    const { head_ref, head_sha, base_ref } = findPull(context.store, issue.id);
    const path = bareOf(request);
    const base = await branchHead(path, base_ref);
    if (issue.state === 'closed' || base === undefined) throw validationFailed('pull request is not open');
    if (body.expected_head_sha !== undefined && body.expected_head_sha !== head_sha) {
      throw new ApiError(422, "expected head sha didn't match current head ref.");
    }
    if (await isAncestor(path, base, head_sha)) {
      throw new ApiError(422, 'There are no new commits on the base branch.');
    }
    const author = personOf(actor.user, now(context));
    const message = `Merge branch '${base_ref}' into ${head_ref}`;
    const merged = await mergeCommit(path, {
      base: head_sha,
      head: base,
      message,
      author,
      committer: author,
    });
    if (merged.kind === 'conflict') throw new ApiError(422, 'merge conflict between base and head');
    const ref = `refs/heads/${head_ref}`;
    if ((await updateRef(path, ref, merged.sha, head_sha)) === 'changed meanwhile') {
      throw new ApiError(422, "expected head sha didn't match current head ref.");
    }
    await afterRefUpdate(context, repository, { ref, before: head_sha, after: merged.sha }, actor.user);
    const url = `${repositoryUrl(view, repository)}/pulls/${issue.number}`;
    return { status: 202, body: { message: 'Updating pull request branch.', url } };
  },
});
