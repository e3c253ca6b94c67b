import { expect, test } from 'vitest';
import type { NewEvent } from '../../domain/event.ts';
import { created, leased, opened, released, settings, slung } from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import { beadStanding } from './bead-line.ts';

const effect = '0198a000-0000-7000-8000-000000000900';
const order = (attempt: number, run: number): readonly NewEvent[] => {
  const about = { effect, kind: 'workflow-run', subject: `bead 1 attempt ${attempt} run 1` } as const;
  return [
    { type: 'EffectIntended', data: { ...about, detail: { bead: 1 } } },
    { type: 'EffectConfirmed', data: { ...about, receipt: { run } } },
  ];
};
const story: readonly NewEvent[] = [
  opened({ settings: { ...settings, runner: 'actions' } }),
  created(1),
  slung(1),
];
const standing = (...more: readonly NewEvent[]): string => {
  const convoy = convoyAfter(...story, ...more);
  const bead = convoy.beads.get(1);
  return bead === undefined ? 'unknown' : beadStanding(convoy, bead);
};

test('a bead that a run was ordered for waits for a runner, until one has taken it', () => {
  expect(standing()).toBe('next in line');
  expect(standing(...order(1, 7))).toBe('waits for a runner');
  const started: NewEvent = { type: 'RunStarted', data: { bead: 1, run: 7 } };
  expect(standing(...order(1, 7), started)).toBe('its runner is getting ready');
  expect(standing(...order(1, 7), started, leased(1))).toBe('being worked');
});

test('an order whose run is over, or of an attempt that came to nothing, is waited for no more', () => {
  const ended: NewEvent = { type: 'RunEnded', data: { bead: 1, run: 7, how: 'cancelled' } };
  expect(standing(...order(1, 7), ended)).toBe('next in line');
  expect(standing(...order(1, 7), leased(1), released(1))).toBe('next in line');
});
