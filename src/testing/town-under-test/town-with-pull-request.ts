import type { Part, Step } from '../rehearsal/script.ts';
import { convoyScript } from '../town/convoy-script.ts';
import type { OwnGitHub } from './own-github.ts';
import { type TownSetup, type TownUnderTest, townUnderTest } from './town-under-test.ts';

export interface TownWithPullRequest {
  readonly town: TownUnderTest;
  /** The ordering issue. */
  readonly issue: number;
  /** The pull request. */
  readonly pull: number;
  /** `owner` and `repo`, as every call takes them. */
  readonly rig: { readonly owner: string; readonly repo: string };
}

/** A town whose one bead has landed and whose pull request is open, with nothing left to do. */
export async function townWithPullRequest(
  setup: TownSetup & {
    /** What the bead's polecat says; left out: it writes a file and closes. */
    readonly steps?: readonly Step[];
    /** Parts that come before those of the one bead. */
    readonly also?: readonly Part[];
  } = {},
): Promise<TownWithPullRequest> {
  const { steps, also = [], ...rest } = setup;
  const { parts } = convoyScript([{ title: 'Alpha', ...(steps ? { steps } : {}) }]);
  const town = await townUnderTest({ script: { parts: [...also, ...parts] }, ...rest });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  const { owner, repo } = town.github.repository;
  return { town, issue, pull: convoy.pullRequest?.number ?? 0, rig: { owner, repo } };
}

/** The comments under an issue or a pull request, the town's status comment among them. */
export async function commentsOn(
  as: OwnGitHub['owner'],
  rig: TownWithPullRequest['rig'],
  issue_number: number,
): Promise<readonly string[]> {
  const { data } = await as.rest.issues.listComments({ ...rig, issue_number });
  return data.map(({ body }) => body ?? '');
}
