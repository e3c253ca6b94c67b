import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { approveChange } from '../../domain/convoy/decisions/hold-bead.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { nextSteps } from '../../domain/convoy/next-steps.ts';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { integrate } from './integrate.ts';
import { pullRequestText } from './pull-request/pull-request-text.ts';
import { workflowPatches } from './withhold-workflows.ts';

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
  ['joined by another', { '.github/workflows/más.yml': 'on: push\n' }],
])(
  'a workflow that is %s stays out of the branch, in its history too, and is kept as a patch',
  async (_, change) => {
    const rig = await refineryUnderTest({ base, settings: { verify: 'true' } });
    await rig.close(1, { ...change, b: 'b\n' });
    await run(rig);
    const { head, beads } = rig.convoy();
    expect(beads.get(1)?.landedAs).toBe(head);
    const files = await rig.files(head);
    expect(files).toMatchObject({ ...base, b: 'b\n' });
    expect(Object.keys(files).filter((path) => path.startsWith('.github'))).toEqual([
      '.github/workflows/ci.yml',
    ]);
    const repository = join(rig.user.path, '..', 'rigs', '1.git');
    const { stdout } = await promisify(execFile)('git', [
      ...['--git-dir', repository, 'log', '-m', '--format=', '--name-only', `${rig.base}..${head}`],
      ...['--', '.github/workflows'],
    ]);
    expect(stdout).toBe('');
    const [patch] = await workflowPatches(rig.store, rig.convoy());
    expect(patch).toMatchObject({ bead: 1, truncated: false });
    expect(patch?.text).toContain('.github/workflows');
    const { body } = pullRequestText(rig.convoy(), patch ? [patch] : []);
    expect(body).toContain('### Changes to workflows, for you to apply');
    expect(body).toContain('```diff\ndiff --git a/');
  },
);

test('a bead that changes nothing but a workflow lands with no change, and its patch is shown', async () => {
  const rig = await refineryUnderTest({ base, settings: { verify: 'true' } });
  await rig.close(1, { '.github/workflows/ci.yml': 'on: [push, pull_request]\n' });
  await run(rig);
  expect(rig.convoy().beads.get(1)?.landedAs).toBe(rig.convoy().head);
  expect(await rig.files(rig.convoy().head)).toEqual(await rig.files(rig.base));
  const [patch] = await workflowPatches(rig.store, rig.convoy());
  expect(patch?.text).toContain('+on: [push, pull_request]');
});

test('workflows that two beads change differently are no conflict: both stay out', async () => {
  const rig = await refineryUnderTest({ base, settings: { verify: 'true' } });
  await rig.close(1, { '.github/workflows/ci.yml': 'on: one\n', b: 'b\n' });
  await rig.close(2, { '.github/workflows/ci.yml': 'on: two\n', c: 'c\n' });
  await run(rig);
  const { head, beads, refinery } = rig.convoy();
  expect([...beads.values()].map(({ landedAs }) => landedAs !== null)).toEqual([true, true]);
  expect(await rig.files(head)).toEqual({ ...base, b: 'b\n', c: 'c\n' });
  expect(refinery).toEqual([]);
  expect(await workflowPatches(rig.store, rig.convoy())).toHaveLength(2);
});
