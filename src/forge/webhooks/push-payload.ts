import { bareRepositoryPath, type ForgeContext } from '../context.ts';
import { type Commit, listCommits, readCommit } from '../git/commits.ts';
import { changedFiles } from '../git/diff.ts';
import type { PushCommand } from '../git/push-commands.ts';
import { isAncestor, nullSha } from '../git/refs.ts';
import { repositoryPage } from '../render/repository.ts';
import type { Json } from '../render/view.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';

/** Most commits that a push event lists, as on GitHub. */
const mostCommits = 2048;

/** The body of a `push` event, with the commits it brought (oldest first). */
export async function pushPayload(
  context: ForgeContext,
  repository: RepositoryRow,
  update: PushCommand,
  sender: UserRow,
): Promise<{ readonly json: Json; readonly commits: readonly Commit[] }> {
  const path = bareRepositoryPath(context, repository.id);
  const { ref, before, after } = update;
  const created = before === nullSha;
  const deleted = after === nullSha;
  const commits = deleted ? [] : await newCommits(path, update);
  const last = commits.at(-1);
  const head = deleted || last?.sha === after ? last : await readCommit(path, after);
  const page = repositoryPage(context.view, repository);
  const rendered = await Promise.all(
    commits.slice(-20).map((commit) => renderPushedCommit(path, page, commit)),
  );
  const headShown = head === last ? rendered.at(-1) : undefined;
  const json: Json = {
    ref,
    before,
    after,
    created,
    deleted,
    forced: !created && !deleted && !(await isAncestor(path, before, after)),
    base_ref: null,
    compare: `${page}/compare/${created ? '' : `${before.slice(0, 12)}...`}${after.slice(0, 12)}`,
    commits: rendered,
    head_commit: head === undefined ? null : (headShown ?? (await renderPushedCommit(path, page, head))),
    pusher: { name: sender.login, email: `${sender.login}@users.noreply.github.com` },
  };
  return { json, commits };
}

async function newCommits(path: string, update: PushCommand): Promise<Commit[]> {
  const range =
    update.before === nullSha
      ? [update.after, '--not', `--exclude=${update.ref.replace('refs/heads/', '')}`, '--branches']
      : [`${update.before}..${update.after}`];
  const found = await listCommits(path, [`--max-count=${mostCommits}`, ...range]);
  return found.reverse();
}

async function renderPushedCommit(path: string, page: string, commit: Commit): Promise<Json> {
  const files = await changedFiles(path, commit.parents[0], commit.sha);
  const named = (status: string) =>
    files.filter((file) => file.status === status).map((file) => file.filename);
  const renamed = files.filter((file) => file.previousFilename !== undefined);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${page}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    added: [...named('added'), ...renamed.map((file) => file.filename)],
    removed: [...named('removed'), ...renamed.map((file) => file.previousFilename)],
    modified: [...named('modified'), ...named('changed')],
  };
}
