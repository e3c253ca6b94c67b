import { expect, test } from 'vitest';
import { close, polecat } from '../../testing/town/convoy-script.ts';
import {
  commentsOn,
  type TownWithPullRequest,
  townWithPullRequest,
} from '../../testing/town-under-test/town-with-pull-request.ts';

const mends = (about: string, bead: number, content: string) =>
  polecat(about, [
    { calls: [{ name: 'write_file', arguments: { path: 'mended.txt', content } }] },
    close(bead),
  ]);

/** The rig's own CI, which writes its checks with the rights of an App. */
async function report(
  { town, rig }: TownWithPullRequest,
  head_sha: string,
  run: { name?: string; conclusion?: 'failure' | 'success'; running?: boolean; summary?: string },
): Promise<number> {
  const hubs = town.github.hubs;
  const { octokit } = await hubs.clientFor({
    id: town.github.repository.id,
    owner: rig.owner,
    name: rig.repo,
  });
  const { data } = await octokit.rest.checks.create({
    ...rig,
    head_sha,
    name: run.name ?? 'ci / test',
    ...(run.running ? { status: 'in_progress' } : { conclusion: run.conclusion ?? 'failure' }),
    output: { title: 'Tests', summary: run.summary ?? 'assert 1 == 2' },
  });
  return data.id;
}

test('red checks of the rig become a repair bead, at most two rounds of it, then people are told', async () => {
  const under = await townWithPullRequest({
    also: [mends('assert 1 == 2', 2, 'once\n'), mends('still red', 3, 'twice\n')],
  });
  const { town, issue, pull, rig } = under;
  const first = town.convoy(issue).head;
  await report(under, first, {});
  const mended = await town.until(issue, (now) => now.pullRequest?.sha !== first && now.head !== first);
  expect(mended.beads.get(2)).toMatchObject({ landedAs: expect.any(String) });
  expect(mended.beads.get(2)?.description).toContain('assert 1 == 2');
  await town.quiet();

  const second = town.convoy(issue).pullRequest?.sha ?? '';
  await report(under, second, { summary: 'still red' });
  await town.until(issue, (now) => (now.pullRequest?.sha ?? second) !== second);
  await town.quiet();

  const third = town.convoy(issue).pullRequest?.sha ?? '';
  await report(under, third, {});
  const last = await town.until(issue, (now) => now.failedChecks.length === 3);
  await town.quiet();
  expect(last.failedChecks.map(({ bead }) => bead)).toEqual([2, 3, null]);
  expect(last.beads.size).toBe(3);
  const told = (await commentsOn(town.github.owner, rig, pull)).filter((body) =>
    body.includes('own checks are red'),
  );
  expect(told).toEqual([expect.stringContaining('- ci / test: http')]);
});

test('nothing is done while checks still run, for green ones, for the town’s own, or for another commit', async () => {
  const under = await townWithPullRequest({});
  const { town, issue } = under;
  const { head, opened } = town.convoy(issue);
  await report(under, opened.base.commit, {});
  await report(under, head, { conclusion: 'success', name: 'lint' });
  const running = await report(under, head, { running: true, name: 'slow' });
  await report(under, head, {});
  await town.quiet();
  expect(town.convoy(issue).failedChecks).toEqual([]);
  const { octokit } = await town.github.hubs.clientFor({
    id: town.github.repository.id,
    owner: under.rig.owner,
    name: under.rig.repo,
  });
  await octokit.rest.checks.update({ ...under.rig, check_run_id: running, conclusion: 'success' });
  const convoy = await town.until(issue, (now) => now.failedChecks.length === 1);
  expect(convoy.failedChecks[0]?.checks.map(({ name }) => name)).toEqual(['ci / test']);
});
