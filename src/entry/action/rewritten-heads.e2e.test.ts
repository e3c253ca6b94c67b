import { expect, test } from 'vitest';
import { at } from '../../testing/actions/actions-world.ts';
import { townWorld } from '../../testing/actions/town-world.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';

const convoyRef = 'gas-town/convoy/1';

test('a ledger that someone sets back stops its convoy, which is said once, until the ref is put back', {
  timeout: 120_000,
}, async () => {
  const world = await townWorld(convoyScript([{ title: 'Alpha' }]), { config: 'verify: ls made-*.txt\n' });
  const { git, issues } = world.owner.rest;
  await issues.create({ ...at, title: 'Make a file', labels: ['convoy'] });
  await world.forge.runsSettled();
  const opened = world.requests.length;
  const head = (await git.getRef({ ...at, ref: convoyRef })).data.object.sha;
  const before = (await git.getCommit({ ...at, commit_sha: head })).data.parents[0]?.sha ?? '';
  await git.updateRef({ ...at, ref: convoyRef, sha: before, force: true });

  const ask = async (): Promise<void> => {
    await issues.createComment({ ...at, issue_number: 1, body: '/status' });
    await world.forge.runsSettled();
  };
  const settled = async (): Promise<string | undefined> =>
    (await world.jobs()).findLast((job) => job.includes('/ settle'));
  const said = async (): Promise<readonly string[]> =>
    (await issues.listComments({ ...at, issue_number: 1 })).data.flatMap(({ body = '' }) =>
      body.startsWith('**Stopped**') ? [body] : [],
    );
  await ask();
  await ask();
  expect(await settled()).toMatch(/failure$/);
  expect(await said()).toEqual([
    expect.stringContaining(`git push --force origin ${head}:refs/${convoyRef}`),
  ]);

  await git.updateRef({ ...at, ref: convoyRef, sha: head, force: true });
  await ask();
  expect(await settled(), await world.logs()).toMatch(/success$/);
  expect(await said()).toHaveLength(1);
  // What stands is not written again by each job, which has written nothing before.
  const afterwards = world.requests.slice(opened);
  expect(afterwards.filter((one) => /^PATCH .*\/issues\/\d+$/.test(one))).toEqual([]);
});
