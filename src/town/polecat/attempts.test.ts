import { expect, test } from 'vitest';
import { convoyScript, create, polecat, sling } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const gaveUp = convoyScript([
  { title: 'Alpha', steps: [{ say: 'The door is locked.' }, { say: 'It really is.' }] },
]);

test('each attempt reads what became of the ones before; after three, people read it on the issues', async () => {
  const town = await townUnderTest({ script: gaveUp });
  const issue = await town.issue({ title: 'Open it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended).toMatchObject({ how: 'failed', reason: 'No bead could be landed.' });
  expect(convoy.beads.get(1)).toMatchObject({ quarantined: true, attempts: 3 });
  const briefings = town
    .events()
    .flatMap((event) =>
      event.type === 'SessionStarted' && event.data.role === 'polecat' ? [event.data.briefing] : [],
    );
  expect(briefings.map((text) => text.match(/Attempt \d was released/g)?.length ?? 0)).toEqual([0, 1, 2]);
  expect(briefings[2]).toContain('it stopped without closing its bead');
  expect(briefings[2]).toContain('It really is.');
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const { data: issues } = await town.github.owner.rest.issues.listForRepo({ owner, repo, state: 'all' });
  const bead = issues.find(({ title }) => title === 'Alpha');
  expect(bead).toMatchObject({ state: 'closed', state_reason: 'not_planned' });
  expect(bead?.body).toContain('in quarantine after 3 attempts');
  expect(bead?.body).toContain('It really is.');
  const { data: comments } = await town.github.owner.rest.issues.listComments({
    owner,
    repo,
    issue_number: issue,
  });
  expect(comments.map(({ body }) => body)).toEqual([expect.stringContaining('No bead could be landed.')]);
});

test('a bead that needs no change is closed with the reason, and the convoy says that nothing is left to do', async () => {
  const steps = [
    { calls: [{ name: 'bead', arguments: { action: 'close', id: 1 } }] },
    {
      calls: [
        { name: 'bead', arguments: { action: 'note', id: 1, notes: 'no-changes: It is there already.' } },
      ],
      expects: /Your workspace holds no change/,
    },
    { calls: [{ name: 'bead', arguments: { action: 'close', id: 1 } }] },
  ];
  const mayor = [{ calls: [create({ title: 'Alpha' }), sling(1)] }, { say: 'Ordered.' }];
  const script = { parts: [{ role: 'mayor', steps: mayor } as const, polecat('Alpha', steps)] };
  const town = await townUnderTest({ script });
  const issue = await town.issue({ title: 'Look' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.beads.get(1)?.outcome).toEqual({ kind: 'no-changes', reason: 'It is there already.' });
  expect(convoy.ended).toMatchObject({ how: 'failed', reason: 'Every bead was closed without a change.' });
});
