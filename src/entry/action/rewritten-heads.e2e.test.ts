import { expect, test } from 'vitest';
import { at } from '../../testing/actions/actions-world.ts';
import { townWorld } from '../../testing/actions/town-world.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';

const convoyRef = 'gas-town/convoy/1';

test('a ledger that someone sets back stops its convoy, which is said once, until the ref is put back', {
  timeout: 300_000,
}, async () => {
  const world = await townWorld(convoyScript([{ title: 'Alpha' }]), { config: 'verify: ls made-*.txt\n' });
  const { git, issues } = world.owner.rest;
  await issues.create({ ...at, title: 'Make a file', labels: ['convoy'] });
  await world.forge.runsSettled();
  const bead = (await issues.listForRepo({ ...at, labels: 'bead' })).data[0]?.number ?? 0;
  await issues.createComment({ ...at, issue_number: bead, body: '/why' });
  await world.forge.runsSettled();
  expect((await issues.listComments({ ...at, issue_number: bead })).data.at(-1)?.body).toMatch(/Bead 1 is/);
  const opened = world.requests.length;
  const head = (await git.getRef({ ...at, ref: convoyRef })).data.object.sha;
  const before = (await git.getCommit({ ...at, commit_sha: head })).data.parents[0]?.sha ?? '';
  await git.updateRef({ ...at, ref: convoyRef, sha: before, force: true });

  const ask = async (): Promise<void> => {
    await issues.createComment({ ...at, issue_number: 1, body: '/status' });
    await world.forge.runsSettled();
  };
  const clock = async (): Promise<void> => {
    await world.forge.fireSchedules(new Date('2030-01-01T00:15:00Z'));
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

  // A convoy whose ref was taken away does not begin anew, whoever hears of it first.
  const last = (await git.getRef({ ...at, ref: convoyRef })).data.object.sha;
  await git.deleteRef({ ...at, ref: convoyRef });
  await clock();
  expect(await said()).toHaveLength(2);
  await issues.removeLabel({ ...at, issue_number: 1, name: 'convoy' });
  await issues.addLabels({ ...at, issue_number: 1, labels: ['convoy'] });
  await world.forge.runsSettled();
  expect((await world.jobs()).slice(-2)).toEqual([
    expect.stringMatching(/settle: failure$/),
    expect.stringMatching(/work: failure$/),
  ]);
  expect((await said()).slice(1)).toEqual([
    expect.stringMatching(/is gone, and with it this convoy's ledger/),
  ]);
  await git.createRef({ ...at, ref: `refs/${convoyRef}`, sha: last });
  await ask();
  expect(await settled(), await world.logs()).toMatch(/success$/);

  // Of one that has ended the archive tells.
  const pull_number = (await world.owner.rest.pulls.list(at)).data[0]?.number ?? 0;
  await world.owner.rest.pulls.merge({ ...at, pull_number });
  await world.forge.runsSettled();
  expect(await world.refs()).toEqual(['refs/gas-town/archive']);
  await issues.addLabels({ ...at, issue_number: 1, labels: ['polecat'] });
  await world.forge.runsSettled();
  expect(await settled(), await world.logs()).toMatch(/success$/);
  const words = (await issues.listComments({ ...at, issue_number: 1 })).data.at(-1)?.body;
  expect(words).toMatch(/This order has ended \(landed\)/);
  expect(await said()).toHaveLength(2);
  expect(await world.refs()).toEqual(['refs/gas-town/archive', 'refs/gas-town/rig']);

  // The clock of a town that has nothing to do asks who it is and which refs there are.
  const [asked, transfers] = [world.requests.length, world.gitRequests.length];
  await clock();
  expect(world.requests.slice(asked)).toEqual(['GET /api/v3/user']);
  expect(world.gitRequests.slice(transfers)).toEqual([
    'GET /acme/thing.git/info/refs?service=git-upload-pack',
    'POST /acme/thing.git/git-upload-pack',
  ]);
});
