import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reserveOfDay, rigGrantsFold } from '../../domain/rig/day-budget.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

test('twenty convoys that ask at once are granted no more than the day has', async () => {
  const ledger = openLedger({ path: join(await temporaryFolder(), 'town.db'), clock: () => new Date() });
  onTestFinished(() => ledger.close());
  const asked = { day: '2030-01-31', capUsd: 10, wantedUsd: 3 };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      ledger.decide({
        stream: 'rig/7',
        fold: rigGrantsFold,
        actor: 'town',
        cause: `convoy/7/${at}`,
        decide: (rig) => reserveOfDay(rig, { ...asked, convoy: `convoy/7/${at}` }),
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 'appended')).toHaveLength(4);
  expect(ledger.load('rig/7', rigGrantsFold).state.byDay.get(asked.day)).toBe(10);
});

test('a convoy asks its rig for more as it goes, gives the rest back at its end, and at the cap waits for /budget', async () => {
  const script = convoyScript([{ title: 'Alpha' }, { title: 'Beta' }]);
  const town = await townUnderTest({ script, settings: { dayBudgetUsd: 0.004 } });
  const { id, owner, repo } = town.github.repository;
  const issue = await town.issue({ title: 'Build it' });
  const say = (body: string) =>
    town.github.owner.rest.issues.createComment({ owner, repo, issue_number: issue, body });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.exhausted);
  const rig = () => town.ledger.load(rigStream(id), rigGrantsFold).state;
  expect([...rig().byDay.values()].reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(0.004_001);
  expect(town.convoy(issue).fundedUsd).toBeCloseTo(0.004, 6);
  await say('/budget +20usd');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect([...convoy.beads.values()].every((bead) => bead.landedAs !== null)).toBe(true);
  await say('/stop enough');
  await town.until(issue, (now) => now.cleared);
  const spent = town.convoy(issue).spent.usd;
  expect([...rig().byConvoy.values()]).toEqual([expect.closeTo(Math.max(0, Math.min(0.004, spent - 20)), 6)]);
});
