import { expect, test } from 'vitest';
import type { Step } from '../../testing/rehearsal/script.ts';
import { awaitBeads, convoyScript, create, sling } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const beads = [{ title: 'Alpha' }, { title: 'Beta', needs: [1] }];
const refinery = (guidance: string) => ({ name: 'spawn_refinery', arguments: { guidance } });
const report = (text: string, expects: RegExp): Step => ({
  expects,
  calls: [{ name: 'report', arguments: { verdict: 'LANDED', text } }],
});

test('a Mayor has what landed looked over before it goes on, and reads the verdict; the end is looked over once more', async () => {
  const mayor: Step[] = [
    { calls: [...beads.map(create), refinery('too early')] },
    { calls: [sling(1), awaitBeads], expects: /Nothing has landed yet/ },
    { calls: [refinery('Mind the names.')], expects: /Alpha: landed/ },
    { calls: [sling(2), awaitBeads], expects: /LANDED\nAlpha stands on its own/ },
    { say: 'All is settled.', expects: /Beta: landed/ },
  ];
  const { parts } = convoyScript(beads, mayor);
  const passes = [report('Alpha stands on its own.', /mayor asks for[\s\S]*Mind the names/)];
  const own = [{ role: 'refinery' as const, about: 'Mind the names', steps: passes }, ...parts];
  const town = await townUnderTest({ script: { parts: own } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.refinery.map(({ landedBefore, verdict }) => [landedBefore, verdict])).toEqual([
    [1, 'LANDED'],
    [2, 'LANDED'],
  ]);
  const asked = town.events().filter(({ type }) => type === 'RefineAsked');
  expect(asked.map(({ actor, data }) => [actor, data])).toEqual([
    ['mayor', { by: 'mayor', guidance: 'Mind the names.' }],
  ]);
});
