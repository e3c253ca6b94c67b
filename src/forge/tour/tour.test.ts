import { expect, test } from 'vitest';
import { operations } from '../routes/operations.ts';
import { forgeUnderTest } from '../testing/forge-under-test.ts';
import { playedActions } from '../testing/played-action.ts';
import { tourActions } from './tour-actions.ts';
import { tourApps } from './tour-apps.ts';
import { tourDeliveries } from './tour-deliveries.ts';
import { tourGit } from './tour-git.ts';
import { tourIssues } from './tour-issues.ts';
import { tourPulls } from './tour-pulls.ts';
import { tourRepositories } from './tour-repositories.ts';

test('a plain Octokit uses every operation, and all traffic fits the schemas of GitHub', {
  timeout: 120_000,
}, async () => {
  const played = playedActions();
  const under = await forgeUnderTest({ actions: played.options });

  await tourApps(under);
  await tourIssues(under);
  await tourGit(under);
  await tourRepositories(under);
  await tourPulls(under);
  await tourActions(under, played);
  await tourDeliveries(under);
  const misfits = await under.close();
  expect([...new Set(misfits)]).toEqual([]);
  const missed = operations.map((one) => one.operationId).filter((id) => !under.answered.has(id));
  expect(missed).toEqual([]);
  expect([...under.check.unknown]).toEqual([]);
  expect(under.webhooks.received.every((one) => one.signed)).toBe(true);
});
