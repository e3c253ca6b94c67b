import type { RepositoryRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { renderUser } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

const links: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

export function repositoryFullName(view: Pick<View, 'store'>, repository: RepositoryRow): string {
  return `${findUserById(view.store, repository.owner_id).login}/${repository.name}`;
}

/** REST address of a repository. */
export function repositoryUrl(view: View, repository: RepositoryRow): string {
  return `${view.api}/repos/${repositoryFullName(view, repository)}`;
}

/** Page address of a repository. */
export function repositoryPage(view: View, repository: RepositoryRow): string {
  return `${view.html}/${repositoryFullName(view, repository)}`;
}

const made = new Map<string, Json>();

/** The links of a repository at `url`, made once: every webhook holds them. */
function linksUnder(url: string): Json {
  const known = made.get(url);
  if (known !== undefined) return known;
  const fresh = Object.fromEntries(Object.entries(links).map(([name, tail]) => [name, `${url}${tail}`]));
  if (made.size > 100) made.clear();
  made.set(url, fresh);
  return fresh;
}

/** GitHub's `full-repository`, which holds all that `minimal-repository` and the webhook's `repository` have. */
export function renderRepository(view: View, repository: RepositoryRow): Json {
  const owner = findUserById(view.store, repository.owner_id);
  const fullName = `${owner.login}/${repository.name}`;
  const url = `${view.api}/repos/${fullName}`;
  const page = `${view.html}/${fullName}`;
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName,
    private: repository.private === 1,
    owner: renderUser(view, owner),
    html_url: page,
    description: repository.description,
    fork: false,
    url,
    ...linksUnder(url),
    git_url: `git://${page.replace(/^https?:\/\//, '')}.git`,
    ssh_url: `git@${new URL(view.html).hostname}:${fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    created_at: repository.created_at,
    updated_at: repository.updated_at,
    pushed_at: repository.pushed_at,
    ...fixed,
    visibility: repository.private === 1 ? 'private' : 'public',
    archived: repository.archived === 1,
    allow_auto_merge: repository.allow_auto_merge === 1,
    open_issues_count: repository.open_issues,
    open_issues: repository.open_issues,
    default_branch: repository.default_branch,
  };
}

const fixed: Json = {
  size: 0,
  stargazers_count: 0,
  watchers_count: 0,
  watchers: 0,
  forks_count: 0,
  forks: 0,
  network_count: 0,
  subscribers_count: 0,
  has_issues: true,
  has_projects: false,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  has_pull_requests: true,
  disabled: false,
  allow_forking: false,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
  allow_merge_commit: true,
  allow_squash_merge: true,
  allow_rebase_merge: true,
  delete_branch_on_merge: false,
};
