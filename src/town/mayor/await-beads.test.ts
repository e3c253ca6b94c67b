import { expect, test } from 'vitest';
import type { Step } from '../../testing/rehearsal/script.ts';
import { awaitBeads, convoyScript, create, sling } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const chain = [{ title: 'Alpha' }, { title: 'Beta', needs: [1] }, { title: 'Gamma', needs: [2] }];

test('a chain of three that is slung in one reply is worked link by link, each from where the one before landed', async () => {
  const mayor: Step[] = [
    { calls: [...chain.map(create), awaitBeads] },
    {
      calls: [sling(3), sling(2), sling(1), awaitBeads],
      expects: /Nothing has been slung\.\n\[1\] Alpha: open, and nobody slung it\n\[2\] Beta: open/,
    },
    {
      say: 'All is settled.',
      expects: /starts when 2 landed[\s\S]*Alpha: landed[\s\S]*Beta: landed[\s\S]*Gamma: landed/,
    },
  ];
  const town = await townUnderTest({ script: convoyScript(chain, mayor) });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  const landed = [...convoy.beads.values()].map((bead) => bead.landedAs);
  const leases = town.events().flatMap((event) => (event.type === 'LeaseGranted' ? [event.data] : []));
  expect(leases.map(({ bead, attempt, from }) => [bead, attempt, from])).toEqual([
    [1, 1, convoy.opened.base.commit],
    [2, 1, landed[0]],
    [3, 1, landed[1]],
  ]);
  const mayorReplies = town
    .events()
    .filter((event) => event.type === 'ModelReplied' && event.stream === `session/${convoy.mayor?.session}`);
  expect(mayorReplies).toHaveLength(mayor.length);
});

test('a wait whose time is up says what is still out, and the Mayor goes on from there', async () => {
  const wait = { name: 'await_beads', arguments: { timeout_seconds: 1 } };
  const alpha = chain.slice(0, 1);
  const mayor: Step[] = [
    { calls: [...alpha.map(create), sling(1), wait] },
    {
      calls: [awaitBeads],
      expects: /Time is up\. Some beads are still out\.\n\[1\] Alpha: still out \(in_progress, attempt 1\)/,
    },
    { say: 'All is settled.', expects: /All slung beads are settled\.\n\[1\] Alpha: landed/ },
  ];
  const hung = { once: false };
  const town = await townUnderTest({
    script: convoyScript(alpha, mayor),
    rehearsal: {
      // Until the model port gives the request up, which is after more than the Mayor's second, and sends it again.
      fault: ({ role }) => {
        if (role !== 'polecat' || hung.once) return null;
        hung.once = true;
        return { kind: 'hang', afterChunks: 1 };
      },
    },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null || now.ended !== null);
  expect(convoy.mayor?.reported).toEqual({ finished: true, report: 'All is settled.' });
  expect(convoy.beads.get(1)?.landedAs).not.toBeNull();
});
