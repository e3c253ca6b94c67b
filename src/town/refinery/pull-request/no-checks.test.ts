import { expect, test } from 'vitest';
import { townWithPullRequest } from '../../../testing/town-under-test/town-with-pull-request.ts';

test('an App that may write no checks opens its pull request all the same, without one', async () => {
  const { town, issue, rig } = await townWithPullRequest({
    forge: {
      appPermissions: { metadata: 'read', contents: 'write', issues: 'write', pull_requests: 'write' },
    },
  });
  const { pullRequest, effects } = town.convoy(issue);
  const ref = pullRequest?.sha ?? '';
  expect((await town.github.owner.rest.checks.listForRef({ ...rig, ref })).data.total_count).toBe(0);
  expect(effects.find(({ kind }) => kind === 'check-run')).toMatchObject({ status: 'failed' });
  expect(town.troubles).toEqual([]);
});
