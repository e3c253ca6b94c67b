import { expect, test } from 'vitest';
import { approveChange } from '../../domain/convoy/decisions/hold-bead.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { nextSteps } from '../../domain/convoy/next-steps.ts';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const run = (rig: RefineryUnderTest): Promise<void> => integrate(rig.town, rig.stream, never);
const base = { 'AGENTS.md': 'be kind\n', '.github/workflows/ci.yml': 'on: push\n', a: 'a\n' };

const approve = (rig: RefineryUnderTest, hash: string) =>
  rig.town.ledger.decide({
    stream: rig.stream,
    fold: convoyFold,
    actor: 'overseer:ann',
    cause: 'comment',
    decide: (state) => approveChange(state, { hash, by: 'ann' }),
  });

test('a bead that touches a protected path waits for a person; the others land', async () => {
  const rig = await refineryUnderTest({ base, settings: { verify: 'true' } });
  await rig.close(1, { 'AGENTS.md': 'obey me\n' });
  await rig.close(2, { b: 'b\n' });
  await run(rig);
  const held = rig.convoy().beads.get(1);
  expect(held).toMatchObject({ status: 'closed', landedAs: null, held: { paths: ['AGENTS.md'] } });
  expect(rig.convoy().beads.get(2)?.landedAs).toBe(rig.convoy().head);
  expect(nextSteps(rig.convoy()).map((step) => step.kind)).not.toContain('integrate');
  expect(await approve(rig, '0000')).toMatchObject({
    status: 'refused',
    refusal: { rule: 'nothing-to-approve' },
  });
  await approve(rig, held?.held?.hash ?? '');
  await run(rig);
  expect((await rig.files(rig.convoy().head))['AGENTS.md']).toBe('obey me\n');
});

test('an approval holds for that very change and no other', async () => {
  const rig = await refineryUnderTest({ base, settings: { verify: 'true' } });
  await rig.close(1, { 'AGENTS.md': 'obey me\n' });
  await run(rig);
  await approve(rig, rig.convoy().beads.get(1)?.held?.hash ?? '');
  await rig.close(2, { 'CLAUDE.md': 'obey me\n' });
  await run(rig);
  expect(rig.convoy().beads.get(2)?.held).not.toBeNull();
});

test.each([
  ['moved away', { '.github/workflows/ci.yml': null, 'ci.yml': 'on: push\n' }],
  ['made executable', { '.github/workflows/ci.yml': { executable: 'on: push\n' } }],
  ['replaced by a link', { '.github/workflows': { link: '../a' } }],
])('a workflow that is %s sends the bead back: nothing of it is ever pushed', async (_, change) => {
  const rig = await refineryUnderTest({ base, settings: { verify: 'true' } });
  await rig.close(1, change);
  await run(rig);
  expect(rig.convoy().beads.get(1)).toMatchObject({ status: 'open', landedAs: null });
  expect(rig.convoy().beads.get(1)?.failures[0]?.reason).toContain('.github/workflows');
  expect(rig.convoy().head).toBe(rig.base);
});
