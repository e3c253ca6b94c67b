import { expect, test } from 'vitest';
import { refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const base = { 'package.json': 'one\n', 'verify.sh': 'cmp package.json installed\n' };
/** Installs what the manifest names; a manifest that names nothing good can't be installed. */
const settings = { setup: ['! grep bad package.json && cp package.json installed'] };

test('a commit that changes what the set-up depends on is verified with the set-up run again', async () => {
  const rig = await refineryUnderTest({ base, settings });
  await rig.close(1, { 'package.json': 'two\n' });
  await integrate(rig.town, rig.stream, never);
  expect(rig.convoy().beads.get(1)).toMatchObject({ landedAs: expect.any(String) });
});

test('a commit on which the set-up fails is red, and its bead comes back with what the set-up said', async () => {
  const rig = await refineryUnderTest({ base, settings });
  await rig.close(1, { 'package.json': 'bad\n' });
  await integrate(rig.town, rig.stream, never);
  const bead = rig.convoy().beads.get(1);
  expect(bead).toMatchObject({ landedAs: null });
  expect(rig.convoy().ended).toBeNull();
  const returned = rig.events().find((event) => event.type === 'BeadReturned');
  expect(JSON.stringify(returned?.data)).toContain('set-up command');
});

test('names of inputs that the rig gives take the place of the usual ones', async () => {
  const own = { ...settings, setupInputs: ['deps.txt'] };
  const rig = await refineryUnderTest({ base, settings: own });
  await rig.close(1, { 'package.json': 'two\n' });
  await integrate(rig.town, rig.stream, never);
  expect(rig.convoy().beads.get(1)).toMatchObject({ landedAs: null });
});
