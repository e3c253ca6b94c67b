import type { Commit } from '../git/commits.ts';
import type { ChangedFile } from '../git/diff.ts';
import type { RepositoryRow } from '../store/rows.ts';
import { findUser } from '../store/users.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { renderUser } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** GitHub's `commit`: with the users behind its addresses, where it knows them. */
export function renderCommit(
  view: View,
  repository: RepositoryRow,
  commit: Commit,
  files?: readonly ChangedFile[],
): Json {
  const base = repositoryUrl(view, repository);
  const page = repositoryPage(view, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${base}/git/trees/${commit.tree}` },
      url: `${base}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${base}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${base}/commits/${commit.sha}/comments`,
    author: userOfAddress(view, commit.author.email),
    committer: userOfAddress(view, commit.committer.email),
    parents: parents(view, repository, commit),
    ...(files === undefined ? {} : statistics(view, repository, commit.sha, files)),
  };
}

/** GitHub's `git-commit`: the plain object. */
export function renderGitCommit(view: View, repository: RepositoryRow, commit: Commit): Json {
  const base = repositoryUrl(view, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    url: `${base}/git/commits/${commit.sha}`,
    html_url: `${repositoryPage(view, repository)}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${base}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: parents(view, repository, commit),
    verification: unsigned,
  };
}

/** GitHub's `diff-entry`. */
export function renderFile(view: View, repository: RepositoryRow, ref: string, file: ChangedFile): Json {
  const path = file.filename.split('/').map(encodeURIComponent).join('/');
  const page = repositoryPage(view, repository);
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${ref}/${path}`,
    raw_url: `${page}/raw/${ref}/${path}`,
    contents_url: `${repositoryUrl(view, repository)}/contents/${path}?ref=${ref}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousFilename === undefined ? {} : { previous_filename: file.previousFilename }),
  };
}

function statistics(view: View, repository: RepositoryRow, sha: string, files: readonly ChangedFile[]): Json {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => renderFile(view, repository, sha, file)),
  };
}

function parents(view: View, repository: RepositoryRow, commit: Commit): Json[] {
  return commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(view, repository)}/commits/${sha}`,
    html_url: `${repositoryPage(view, repository)}/commit/${sha}`,
  }));
}

/** The forge knows a user by the address that it gives it. */
function userOfAddress(view: View, email: string): Json | null {
  const login = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  const user = login === undefined ? undefined : findUser(view.store, login);
  return user === undefined ? null : renderUser(view, user);
}
