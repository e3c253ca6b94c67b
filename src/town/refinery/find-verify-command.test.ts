import { expect, test } from 'vitest';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';
import { findVerifyCommand } from './find-verify-command.ts';

test('the command is what the tree at that commit says, not what a later one does', async () => {
  const rig = await rigUnderTest();
  const base = await rig.user.commit('base', { 'setup.py': '', 'tests/test_a.py': '' });
  const later = await rig.user.commit('later', { Makefile: 'test:\n\ttrue\n' });
  await rig.import();
  expect(await findVerifyCommand(rig.store, base)).toBe('python3 -m pytest');
  expect(await findVerifyCommand(rig.store, later)).toBe('make test');
});
