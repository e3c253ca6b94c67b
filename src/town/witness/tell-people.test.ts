import { expect, test } from 'vitest';
import type { RehearsalRequest } from '../../testing/rehearsal/fault.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';
import { commentsOn } from '../../testing/town-under-test/town-with-pull-request.ts';

const told = async ({ github }: TownUnderTest, issue: number, word: string): Promise<readonly string[]> => {
  const { owner, repo } = github.repository;
  return (await commentsOn(github.owner, { owner, repo }, issue)).filter((body) => body.includes(word));
};

/** Hangs the Mayor's second request, once. */
function hangMayor() {
  let hung = false;
  return ({ role, step }: RehearsalRequest) => {
    if (hung || role !== 'mayor' || step !== 1) return null;
    hung = true;
    return { kind: 'hang', afterChunks: 1 } as const;
  };
}

test('a Mayor that stays silent after it was spoken to is told to people, once; no bead is taken from anybody', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    rehearsal: { fault: hangMayor() },
    parts: () => ({ patrol: { stallMs: 1_000 } }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  const mayor = convoy.patrol.findings.filter(({ session }) => session === convoy.mayor?.session);
  expect(mayor.map(({ rule, action }) => `${rule}: ${action}`)).toEqual([
    'stalled: nudge',
    'stalled: escalate',
  ]);
  expect(await told(town, issue, 'A session of this convoy is stalled')).toHaveLength(1);
});

test('a bead that takes many times what others took is taken out and told; the rest lands', async () => {
  const turns = Array.from({ length: 20 }, (_, turn) => ({
    calls: [{ name: 'shell', arguments: { command: `echo ${'so much to say '.repeat(20)} ${turn}` } }],
  }));
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }, { title: 'Spender', needs: [1], steps: turns }]),
    parts: () => ({
      patrol: { overspending: { nudgeTimes: 3, quarantineTimes: 4, leastTokens: 1, leastBeads: 1 } },
    }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  expect(convoy.beads.get(2)).toMatchObject({ quarantined: true, landedAs: null });
  expect(convoy.patrol.findings.at(-1)).toMatchObject({
    rule: 'overspending',
    action: 'quarantine',
    bead: 2,
  });
  const words = await told(town, issue, 'is overspending');
  expect(words).toEqual([expect.stringMatching(/Bead 2 \(#\d+\)[\s\S]*It was taken out of the convoy/)]);
});
