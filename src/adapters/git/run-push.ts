import type { Remote } from '../../town/ports/git-store.ts';
import { GitFailed, PushUnanswered } from './git-errors.ts';
import type { Git } from './git-process.ts';
import { type RemoteAccess, remoteAccess } from './remote-access.ts';

/** How long a push is made again that a remote takes no part of: GitHub advises six a minute and repository. */
export interface PushPatience {
  /** Milliseconds to wait after so many failures in a row; null: no more. */
  readonly pauseMs: (failures: number) => number | null;
  readonly wait: (ms: number) => Promise<void>;
}

const advisedMs = 10_000;
const longestMs = 60_000;
const pausesMax = 40;

/** As long as the runs of one repository may take to be served in turn; `random` (0 to 1) keeps them from meeting again. */
export const githubPushPause =
  (random: () => number): PushPatience['pauseMs'] =>
  (failures) =>
    failures > pausesMax
      ? null
      : Math.round(Math.min(longestMs, advisedMs * 2 ** (failures - 1)) * (0.5 + random()));

export const noPatience: PushPatience = { pauseMs: () => null, wait: () => Promise.resolve() };

/**
 * What became of a push. `open`: the remote stands elsewhere now, and nobody can say whether this push was there in between.
 * `lines`: of each ref, `<flag> TAB <from>:<to> TAB <summary>`. Source: git-push(1), OUTPUT.
 */
export interface PushAnswer {
  readonly status: 'taken' | 'rejected' | 'open';
  readonly lines: readonly string[];
}

/** A remote that can't even be asked any more is asked so often: it may be a moment's outage, or a token that is no longer good. */
const unreachableMax = 3;

/**
 * Runs one `git push` until the remote says what became of it. Where it said nothing, or refused what may have arrived at the
 * first of two tries of one connection, a push that is only tried shows where the remote stands; where the push had not
 * arrived, it is made again after a pause. Rejects with `GitFailed` or `PushUnanswered` after the last of these.
 */
export async function runPush(
  git: Git,
  remote: () => Promise<Remote>,
  args: PushArguments,
  patience: PushPatience,
): Promise<PushAnswer> {
  let unreachable = 0;
  for (let failures = 1; ; failures += 1) {
    const access = remoteAccess(await remote());
    const answer = await answerTo(git, access, args);
    if ('lines' in answer && !answer.lines.some(isRemotes)) return answer;
    const tried = await answerTo(git, access, { ...args, options: ['--dry-run', ...args.options] });
    if ('lines' in tried) {
      if (tried.lines.every((line) => line.startsWith('='))) return tried;
      if (tried.status === 'rejected') return { ...tried, status: 'open' };
      if ('lines' in answer) return answer;
    } else unreachable += 1;
    const pause = unreachable > unreachableMax ? null : patience.pauseMs(failures);
    if (pause === null) throw 'lines' in answer ? new PushUnanswered() : answer;
    await patience.wait(pause);
  }
}

interface PushArguments {
  readonly options: readonly string[];
  readonly specs: readonly string[];
}

/** The remote refused it, not git itself: the same push may have arrived before. */
const isRemotes = (line: string): boolean => line.includes('\t[remote rejected]');

/** Exit status 1 is an answer where it names a ref that was refused; a remote that hangs up gives the same status and no ref. */
async function answerTo(
  git: Git,
  { url, settings, variables }: RemoteAccess,
  { options, specs }: PushArguments,
): Promise<PushAnswer | GitFailed | PushUnanswered> {
  try {
    const { stdout, exitCode } = await git.run(
      ['push', '--porcelain', '--no-verify', ...options, url, ...specs],
      { settings, variables, allowed: [0, 1] },
    );
    const lines = stdout
      .toString('utf8')
      .split('\n')
      .filter((line) => line.split('\t').length > 2);
    if (exitCode === 0) return { status: 'taken', lines };
    const refused = lines.filter((line) => line.startsWith('!'));
    const isAnswered = refused.length > 0 && !refused.some((line) => line.includes('\t[remote failure]'));
    return isAnswered ? { status: 'rejected', lines } : new PushUnanswered();
  } catch (error) {
    if (error instanceof GitFailed) return error;
    throw error;
  }
}
