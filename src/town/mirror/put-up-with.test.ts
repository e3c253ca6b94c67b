import { expect, test } from 'vitest';
import { HubFailed } from '../ports/hub.ts';
import { MarkerKeyChanged } from './find-own.ts';
import { patience } from './put-up-with.ts';

const lost = (message: string, retryAt: string | null): HubFailed =>
  new HubFailed({ operation: 'issues/create', status: 502, outcome: 'unknown', retryAt, message });
const fails = (error: Error) => () => Promise.reject(error);

test('what was lost is put up with, and the one that is due soonest is told in the end', async () => {
  const { attempt, settle } = patience();
  await attempt(fails(lost('late', '2026-01-01T00:01:00Z')));
  await attempt(fails(lost('soon', null)));
  await attempt(async () => 'done');
  expect(settle).toThrow('soon');
});

test('a fourth lost answer ends the pass, and so does a refusal', async () => {
  const { attempt } = patience();
  for (let time = 0; time < 3; time += 1) await attempt(fails(lost('one', null)));
  await expect(attempt(fails(lost('too many', null)))).rejects.toThrow('too many');
  const refused = new HubFailed({
    operation: 'issues/create',
    status: 403,
    outcome: 'refused',
    retryAt: null,
    message: 'no',
  });
  await expect(patience().attempt(fails(refused))).rejects.toBe(refused);
});

test('a marker of another key holds up nothing but what it stands for', async () => {
  const { attempt, settle } = patience();
  const changed = new MarkerKeyChanged('an effect');
  await attempt(fails(changed));
  await attempt(async () => 'done');
  expect(settle).toThrow(changed);
});
