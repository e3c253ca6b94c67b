import { expect, test } from 'vitest';
import { freeUsd } from '../../domain/convoy/decisions/grant-allowance.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const beads = [{ title: 'Alpha' }, { title: 'Beta' }, { title: 'Gamma' }];

test('a convoy within its cap reserves before it spends, and ends with nothing reserved', async () => {
  const town = await townUnderTest({ script: convoyScript(beads), settings: { budgetUsd: 20 } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.spent.usd).toBeGreaterThan(0);
  expect(freeUsd(convoy)).toBeCloseTo(20 - convoy.spent.usd, 6);
  const granted = town.events().filter((event) => event.type === 'AllowanceGranted');
  expect(granted.length).toBeGreaterThanOrEqual(beads.length + 2);
});

test('at the cap nothing more is asked of a model, work is kept, and /budget goes on', async () => {
  const town = await townUnderTest({ script: convoyScript(beads), settings: { budgetUsd: 0.001 } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.exhausted);
  await town.quiet();
  expect(town.model.requests()).toBe(0);
  expect(town.convoy(issue).spent.usd).toBe(0);
  const { owner, repo } = town.github.repository;
  await town.github.owner.rest.issues.createComment({
    owner,
    repo,
    issue_number: issue,
    body: '/budget +20usd',
  });
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.spent.usd).toBeLessThanOrEqual(20.001);
  expect([...convoy.beads.values()].every((bead) => bead.landedAs !== null)).toBe(true);
});

test('a town that stops while sessions wait for money goes on waiting, and pays for nothing twice', async () => {
  const town = await townUnderTest({ script: convoyScript(beads), settings: { budgetUsd: 0.001 } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.exhausted);
  await town.restart();
  const { owner, repo } = town.github.repository;
  await town.github.owner.rest.issues.createComment({
    owner,
    repo,
    issue_number: issue,
    body: '/budget $20',
  });
  await town.until(issue, (now) => now.pullRequest !== null);
  const replies = town.events().filter((event) => event.type === 'ModelReplied').length;
  expect(town.model.requests()).toBe(replies);
});
