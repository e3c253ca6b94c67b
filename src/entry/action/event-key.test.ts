import { expect, test } from 'vitest';
import { eventKey } from './event-key.ts';

const repository = { id: 9 };
const push = (after: string, ref = 'refs/heads/gas-town/convoy-4') => ({ repository, ref, after });
const run = (id: number, run_attempt: number) => ({
  repository,
  action: 'completed',
  workflow_run: { id, run_attempt, updated_at: '2026-11-22T12:00:00Z' },
});

test('the same event once more has the same key, however much else its payload says', () => {
  expect(eventKey('push', push('a'))).toBe(eventKey('push', { ...push('a'), pusher: { name: 'ann' } }));
  expect(eventKey('workflow_run', run(1, 1))).toBe(eventKey('workflow_run', run(1, 1)));
});

test('another push, another end of a run or of checks has another one', () => {
  const suite = (updated_at: string) => ({ repository, check_suite: { id: 3, updated_at } });
  const keys = [
    eventKey('push', push('a')),
    eventKey('push', push('b')),
    eventKey('push', push('a', 'refs/heads/main')),
    eventKey('workflow_run', run(1, 1)),
    eventKey('workflow_run', run(1, 2)),
    eventKey('workflow_run', run(2, 1)),
    eventKey('check_suite', suite('2026-11-22T12:00:00Z')),
    eventKey('check_suite', suite('2026-11-22T12:00:01Z')),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
