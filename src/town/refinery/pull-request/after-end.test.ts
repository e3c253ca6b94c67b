import { expect, test } from 'vitest';
import { issueNumberOf } from '../../../domain/convoy/mirror-receipts.ts';
import {
  commentsOn,
  type TownWithPullRequest,
  townWithPullRequest,
} from '../../../testing/town-under-test/town-with-pull-request.ts';
import type { GitStores } from '../../ports/git-store.ts';

const dayMs = 24 * 60 * 60_000;

/** A town, and the host's own repositories of it. */
async function withStores(): Promise<
  TownWithPullRequest & { readonly refs: () => Promise<readonly string[]> }
> {
  const kept: { git: GitStores | null } = { git: null };
  const under = await townWithPullRequest({
    parts: ({ git }) => {
      kept.git = git;
      return {};
    },
  });
  const refs = async (): Promise<readonly string[]> => {
    const store = await kept.git?.open(under.town.github.repository.id);
    return (await store?.refsBelow('refs/')) ?? [];
  };
  return { ...under, refs };
}

const branches = async ({ town, rig }: TownWithPullRequest): Promise<string[]> =>
  (await town.github.owner.rest.repos.listBranches(rig)).data.map(({ name }) => name);

const pull = ({ rig, pull: pull_number }: TownWithPullRequest) => ({ ...rig, pull_number });

test('merged: the convoy has landed, its issues are closed, and neither a branch nor a ref of it is left', async () => {
  const under = await withStores();
  const { town, issue, rig } = under;
  expect(await branches(under)).toContain(`gas-town/convoy-${issue}`);
  await town.github.owner.rest.pulls.merge(pull(under));
  const convoy = await town.until(issue, (now) => now.branchesDeleted);
  await town.quiet();
  expect(convoy.ended).toMatchObject({ how: 'landed', by: 'acme' });
  expect(await branches(under)).toEqual(['main']);
  expect((await under.refs()).filter((ref) => /convoy|work/.test(ref))).toEqual([]);
  for (const number of [issue, issueNumberOf(convoy, 1) ?? 0]) {
    const { data } = await town.github.owner.rest.issues.get({ ...rig, issue_number: number });
    expect([data.state, data.state_reason]).toEqual(['closed', 'completed']);
  }
  const [status] = await commentsOn(town.github.owner, rig, issue);
  expect(status).toContain(`Merged in ${convoy.ended?.reason.slice(0, 9)}`);
});

test('closed unmerged: cancelled and said; the branches are kept for 14 days, restarts or not', async () => {
  const under = await withStores();
  const { town, issue, rig } = under;
  await town.github.owner.rest.pulls.update({ ...pull(under), state: 'closed' });
  const convoy = await town.until(issue, (now) => now.cleared);
  await town.quiet();
  expect(convoy.ended).toMatchObject({ how: 'cancelled', by: 'acme' });
  const [status] = await commentsOn(town.github.owner, rig, issue);
  expect(status).toContain('kept until');

  await town.restart(13 * dayMs);
  await town.quiet();
  expect(await branches(under)).toContain(`gas-town/convoy-${issue}`);
  await town.restart(1 * dayMs + 1000);
  await town.until(issue, (now) => now.branchesDeleted);
  expect(await branches(under)).toEqual(['main']);
  expect((await under.refs()).filter((ref) => /convoy|work/.test(ref))).toEqual([]);
});

test('opened again: said, and its branch stays for as long as it is open', async () => {
  const under = await townWithPullRequest();
  const { town, issue, rig } = under;
  await town.github.owner.rest.pulls.update({ ...pull(under), state: 'closed' });
  await town.until(issue, (now) => now.cleared);
  await town.quiet();
  await town.github.owner.rest.pulls.update({ ...pull(under), state: 'open' });
  await town.quiet();
  const told = (await commentsOn(town.github.owner, rig, under.pull)).filter((body) =>
    body.includes('Opened again'),
  );
  expect(told).toHaveLength(1);
  await town.restart(15 * dayMs);
  await town.quiet();
  expect(await branches(under)).toContain(`gas-town/convoy-${issue}`);
  expect(town.convoy(issue)).toMatchObject({ branchesDeleted: false, ended: { how: 'cancelled' } });
});

test('what was pushed to the branch after the merge is left alone', async () => {
  const under = await townWithPullRequest();
  const { town, issue, rig } = under;
  await town.github.owner.rest.pulls.update({ ...pull(under), state: 'closed' });
  await town.until(issue, (now) => now.cleared);
  const place = {
    ...rig,
    path: 'mine.txt',
    message: 'Mine',
    content: Buffer.from('mine').toString('base64'),
  };
  const branch = `gas-town/convoy-${issue}`;
  await town.github.owner.rest.repos.createOrUpdateFileContents({ ...place, branch });
  await town.quiet();
  await town.restart(15 * dayMs);
  await town.until(issue, (now) => now.branchesDeleted);
  expect(await branches(under)).toContain(branch);
});

test('a revert of what landed is known and said, once', async () => {
  const under = await townWithPullRequest();
  const { town, issue, rig } = under;
  await town.github.owner.rest.pulls.merge(pull(under));
  const { ended } = await town.until(issue, (now) => now.branchesDeleted);
  const message = `Revert "Build it"\n\nThis reverts commit ${ended?.reason}.`;
  const place = { ...rig, path: 'made-1.txt', message };
  const { data } = await town.github.owner.rest.repos.getContent(place);
  if (!('sha' in data)) throw new Error('made-1.txt is no file');
  const gone = await town.github.owner.rest.repos.deleteFile({ ...place, sha: data.sha });
  const convoy = await town.until(issue, (now) => now.reverted !== null);
  await town.quiet();
  expect(convoy.reverted).toEqual({ by: 'acme', commit: gone.data.commit.sha });
  const told = (await commentsOn(town.github.owner, rig, issue)).filter((body) =>
    body.includes('is not in `main` any more'),
  );
  expect(told).toEqual([expect.stringContaining(gone.data.commit.sha ?? '')]);
});
