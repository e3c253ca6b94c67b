import { z } from 'zod';
import { branchHead } from '../../git/refs.ts';
import { repositoryUrl } from '../../render/repository.ts';
import type { Json } from '../../render/view.ts';
import { ApiError } from '../../server/api-error.ts';
import { type RepositoryRequest, read, write } from '../../server/operation.ts';
import {
  findProtection,
  type Protection,
  removeProtection,
  saveProtection,
} from '../../store/protections.ts';
import { bareOf } from '../bare-repository.ts';

const path = '/branches/{branch}/protection';
const access = { level: 'admin' } as const;

function render(request: RepositoryRequest, rules: Protection): Json {
  const branch = encodeURIComponent(request.params.branch ?? '');
  const url = `${repositoryUrl(request.view, request.repository)}/branches/${branch}/protection`;
  const checks = {
    url: `${url}/required_status_checks`,
    strict: rules.strict,
    contexts: rules.contexts,
    contexts_url: `${url}/required_status_checks/contexts`,
    checks: rules.contexts.map((context) => ({ context, app_id: null })),
  };
  const reviews = {
    url: `${url}/required_pull_request_reviews`,
    dismiss_stale_reviews: rules.dismissStale,
    require_code_owner_reviews: false,
    require_last_push_approval: false,
    required_approving_review_count: rules.approvals,
  };
  return {
    url,
    ...(rules.checksRequired ? { required_status_checks: checks } : {}),
    ...(rules.reviewsRequired ? { required_pull_request_reviews: reviews } : {}),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rules.enforceAdmins },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: rules.allowForcePushes },
    allow_deletions: { enabled: rules.allowDeletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}

async function rulesOf(request: RepositoryRequest): Promise<Protection> {
  const branch = request.params.branch ?? '';
  if ((await branchHead(bareOf(request), branch)) === undefined) throw new ApiError(404, 'Branch not found');
  const rules = findProtection(request.context.store, request.repository.id, branch);
  if (rules === undefined) throw new ApiError(404, 'Branch not protected');
  return rules;
}

export const getProtection = read({
  ...access,
  path,
  operationId: 'repos/get-branch-protection',
  permission: 'administration=read',
  handle: async (request) => ({ status: 200, body: render(request, await rulesOf(request)) }),
});

export const updateProtection = write({
  ...access,
  method: 'PUT',
  path,
  operationId: 'repos/update-branch-protection',
  permission: 'administration=write',
  body: z.object({
    required_status_checks: z.object({ strict: z.boolean(), contexts: z.array(z.string()) }).nullable(),
    enforce_admins: z.boolean().nullable(),
    required_pull_request_reviews: z
      .object({
        required_approving_review_count: z.int().min(0).max(6).optional(),
        dismiss_stale_reviews: z.boolean().optional(),
      })
      .nullable(),
    restrictions: z.null(),
    allow_force_pushes: z.boolean().nullish(),
    allow_deletions: z.boolean().optional(),
  }),
  handle: async (request) => {
    const { context, repository, params, body } = request;
    const branch = params.branch ?? '';
    if ((await branchHead(bareOf(request), branch)) === undefined)
      throw new ApiError(404, 'Branch not found');
    const reviews = body.required_pull_request_reviews;
    const rules: Protection = {
      reviewsRequired: reviews !== null,
      approvals: reviews === null ? 0 : (reviews.required_approving_review_count ?? 1),
      dismissStale: reviews?.dismiss_stale_reviews === true,
      checksRequired: body.required_status_checks !== null,
      strict: body.required_status_checks?.strict === true,
      contexts: body.required_status_checks?.contexts ?? [],
      enforceAdmins: body.enforce_admins === true,
      allowForcePushes: body.allow_force_pushes === true,
      allowDeletions: body.allow_deletions === true,
    };
    saveProtection(context.store, repository.id, branch, rules);
    return { status: 200, body: render(request, rules) };
  },
});

export const deleteProtection = write({
  ...access,
  method: 'DELETE',
  path,
  operationId: 'repos/delete-branch-protection',
  permission: 'administration=write',
  handle: async (request) => {
    await rulesOf(request);
    removeProtection(request.context.store, request.repository.id, request.params.branch ?? '');
    return { status: 204 };
  },
});
