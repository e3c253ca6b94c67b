import { test } from 'vitest';
import { opened, settings } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { nameVerification } from './name-verification.ts';

const without = opened({ settings: { ...settings, verify: null } });
const name = (command: string) => (state: Parameters<typeof nameVerification>[0]) =>
  nameVerification(state, { command, by: 'mayor' });
const named = { type: 'VerificationNamed', data: { command: 'npm test', by: 'mayor' } } as const;

test('where the rig has no command at its base, the one that the plan names holds from then on', () => {
  givenConvoy(without).when(name(' npm test ')).thenEvents(named);
  givenConvoy(without, named).when(name('npm test')).thenNothing();
  givenConvoy(without, named).when(name('true')).thenRefused('verification-fixed');
});

test("the rig's own command can't be replaced by the plan's", () => {
  givenConvoy(opened()).when(name('true')).thenRefused('verification-fixed');
  givenConvoy(without).when(name('  ')).thenRefused('command-empty');
});
