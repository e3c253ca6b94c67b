import { isSha } from './objects.ts';
import { onceFound } from './once-found.ts';
import { git, tryGit } from './run-git.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');
const log = ['log', '-z', `--format=tformat:${format}%x00`];

/**
 * Commits that `git log` walks, newest first.
 * @param range What to walk, of object ids only (`a..b`), then options such as `--max-count=30`.
 */
export async function listCommits(repository: string, range: readonly string[]): Promise<Commit[]> {
  return parseCommits(await git(repository, [...log, ...range]));
}

function parseCommits(text: string): Commit[] {
  const fields = text.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 10 < fields.length; at += 11) commits.push(toCommit(fields.slice(at, at + 10)));
  return commits;
}

function toCommit(fields: readonly string[]): Commit {
  const [
    sha = '',
    tree = '',
    parents = '',
    an = '',
    ae = '',
    ad = '',
    cn = '',
    ce = '',
    cd = '',
    message = '',
  ] = fields;
  return {
    sha,
    tree,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
    message: message.replace(/\n$/, ''),
  };
}

function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

const read = onceFound<Commit>();

/** One commit by its object id; undefined where it is no commit here. */
export const readCommit = (repository: string, sha: string): Promise<Commit | undefined> =>
  isSha(sha) ? read(`${repository} ${sha}`, () => findCommit(repository, sha)) : findCommit(repository, sha);

async function findCommit(repository: string, sha: string): Promise<Commit | undefined> {
  const { code, stdout } = await tryGit(repository, [...log, '--max-count=1', `${sha}^{commit}`]);
  return code === 0 ? parseCommits(stdout.toString())[0] : undefined;
}

export async function countCommits(repository: string, range: string): Promise<number> {
  return Number(await git(repository, ['rev-list', '--count', range, '--']));
}

/** Writes a commit object. */
export async function writeCommit(repository: string, commit: Omit<Commit, 'sha'>): Promise<string> {
  const env = {
    GIT_AUTHOR_NAME: commit.author.name,
    GIT_AUTHOR_EMAIL: commit.author.email,
    GIT_AUTHOR_DATE: commit.author.date,
    GIT_COMMITTER_NAME: commit.committer.name,
    GIT_COMMITTER_EMAIL: commit.committer.email,
    GIT_COMMITTER_DATE: commit.committer.date,
  };
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  return (
    await git(repository, ['commit-tree', commit.tree, ...parents, '-F', '-'], { env, input: commit.message })
  ).trim();
}
