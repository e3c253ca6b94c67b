import { readCommit } from '../../git/commits.ts';
import { branchHead, listRefs } from '../../git/refs.ts';
import { renderCommit } from '../../render/commit.ts';
import { repositoryPage, repositoryUrl } from '../../render/repository.ts';
import type { Json } from '../../render/view.ts';
import { ApiError } from '../../server/api-error.ts';
import { type RepositoryRequest, read } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { findProtection, type Protection } from '../../store/protections.ts';
import { bareOf } from '../bare-repository.ts';

function protectionSummary(rules: Protection | undefined): Json {
  return {
    enabled: rules !== undefined,
    required_status_checks: {
      enforcement_level:
        rules === undefined || !rules.checksRequired
          ? 'off'
          : rules.enforceAdmins
            ? 'everyone'
            : 'non_admins',
      contexts: rules?.contexts ?? [],
      checks: (rules?.contexts ?? []).map((context) => ({ context, app_id: null })),
    },
  };
}

function branchParts(request: RepositoryRequest, name: string): Json {
  const rules = findProtection(request.context.store, request.repository.id, name);
  return {
    protected: rules !== undefined,
    protection: protectionSummary(rules),
    protection_url: `${repositoryUrl(request.view, request.repository)}/branches/${encodeURIComponent(name)}/protection`,
  };
}

export const listBranches = read({
  path: '/branches',
  operationId: 'repos/list-branches',
  permission: 'contents=read',
  handle: async (request) => {
    const only = request.query.get('protected');
    const refs = (await listRefs(bareOf(request), 'refs/heads')).map((ref) => ({
      name: ref.name.slice('refs/heads/'.length),
      sha: ref.sha,
    }));
    const shown = refs.filter(({ name }) => {
      const guarded = findProtection(request.context.store, request.repository.id, name) !== undefined;
      return only === null || guarded === (only === 'true');
    });
    const base = repositoryUrl(request.view, request.repository);
    return listReply(request, shown, ({ name, sha }) => ({
      name,
      commit: { sha, url: `${base}/commits/${sha}` },
      ...branchParts(request, name),
    }));
  },
});

export const getBranch = read({
  path: '/branches/{branch}',
  operationId: 'repos/get-branch',
  permission: 'contents=read',
  handle: async (request) => {
    const { repository, view, params } = request;
    const name = params.branch ?? '';
    const sha = await branchHead(bareOf(request), name);
    const commit = sha === undefined ? undefined : await readCommit(bareOf(request), sha);
    if (commit === undefined) throw new ApiError(404, 'Branch not found');
    const self = `${repositoryUrl(view, repository)}/branches/${encodeURIComponent(name)}`;
    return {
      status: 200,
      body: {
        name,
        commit: renderCommit(view, repository, commit),
        _links: { self, html: `${repositoryPage(view, repository)}/tree/${encodeURIComponent(name)}` },
        ...branchParts(request, name),
      },
    };
  },
});
