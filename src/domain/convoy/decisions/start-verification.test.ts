import { expect, test } from 'vitest';
import {
  base,
  commit,
  opened,
  verification,
  verificationFailed,
  verified,
} from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { failVerification, startVerification } from './start-verification.ts';

const candidate = { commit: commit('d'), beads: [1], command: 'make test' };

test('a candidate and its red run are recorded, and the head stays where it is', () => {
  givenConvoy(opened())
    .when((state) => startVerification(state, candidate))
    .thenEvents({ type: 'VerificationStarted', data: candidate });
  givenConvoy(opened())
    .when((state) => failVerification(state, verification([1], commit('d'), 1)))
    .thenEvents(verificationFailed([1]));
  expect(convoyAfter(opened(), verificationFailed([1]))).toMatchObject({ head: base, flaky: null });
});

test('a head that was red at first and green when it was run again is called flaky', () => {
  const again = convoyAfter(opened(), verificationFailed([1], commit('d')), verified([1], commit('d')));
  expect(again).toMatchObject({ head: commit('d'), flaky: { exitCode: 1 }, red: null });
  const other = convoyAfter(opened(), verificationFailed([1], commit('d')), verified([1], commit('e')));
  expect(other).toMatchObject({ head: commit('e'), flaky: null, red: null });
});

test('an ended convoy is not verified any more', () => {
  const ended = { type: 'ConvoyCancelled', data: { by: 'ada', reason: 'no' } } as const;
  givenConvoy(opened(), ended)
    .when((state) => startVerification(state, candidate))
    .thenRefused('convoy-ended');
  givenConvoy(opened(), ended)
    .when((state) => failVerification(state, verification([1], commit('d'), 1)))
    .thenRefused('convoy-ended');
});
