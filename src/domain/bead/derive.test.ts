import { expect, test } from 'vitest';
import {
  closedWithoutChange,
  created,
  landed,
  leased,
  opened,
  quarantined,
  slung,
  verified,
  worked,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import type { NewEvent } from '../event.ts';
import {
  findCycle,
  hopelessNeeds,
  isDelivered,
  isOver,
  isReady,
  isSettled,
  isWaitingToLand,
  undeliveredNeeds,
} from './derive.ts';

/** A chain of three, each needing the one before; what is true of bead `n` after `events`. */
function chain(n: number, ...events: readonly NewEvent[]) {
  const { beads } = convoyAfter(opened(), created(1), created(2, [1]), created(3, [2]), ...events);
  const bead = beads.get(n);
  if (bead === undefined) throw new Error(`no bead ${n}`);
  return {
    ready: isReady(beads, bead),
    settled: isSettled(bead),
    delivered: isDelivered(bead),
    waitsToLand: isWaitingToLand(bead),
    over: isOver(beads, bead),
    misses: undeliveredNeeds(beads, bead),
    hopeless: hopelessNeeds(beads, bead),
  };
}

const ordered = [slung(1), slung(2), slung(3)];

test('an ordered bead without needs is ready, and one that nobody ordered is not', () => {
  expect(chain(1)).toMatchObject({ ready: false, settled: false, over: false });
  expect(chain(1, slung(1))).toMatchObject({ ready: true, settled: false, over: false });
});

test('a bead waits until what it needs has landed; closed is not landed', () => {
  expect(chain(2, ...ordered)).toMatchObject({ ready: false, misses: [1], hopeless: [] });
  expect(chain(2, ...ordered, ...worked(1))).toMatchObject({ ready: false, misses: [1] });
  expect(chain(1, ...ordered, ...worked(1))).toMatchObject({ waitsToLand: true, settled: false });
  expect(chain(2, ...ordered, ...worked(1), verified([1]), landed(1))).toMatchObject({
    ready: true,
    misses: [],
  });
});

test('closed without a change delivers at once, and stands in no queue', () => {
  const events = [...ordered, leased(1), closedWithoutChange(1)];
  expect(chain(1, ...events)).toMatchObject({
    delivered: true,
    settled: true,
    waitsToLand: false,
    over: true,
  });
  expect(chain(2, ...events)).toMatchObject({ ready: true });
});

test('behind a quarantined bead all is over, however far behind', () => {
  const events = [...ordered, quarantined(1)];
  expect(chain(1, ...events)).toMatchObject({ settled: true, delivered: false, over: true });
  expect(chain(2, ...events)).toMatchObject({ ready: false, settled: false, over: true, hopeless: [1] });
  expect(chain(3, ...events)).toMatchObject({ ready: false, over: true, hopeless: [1] });
});

test('a bead that needs one nobody ordered can not start, and says which', () => {
  expect(chain(3, slung(1), slung(3))).toMatchObject({ over: true, hopeless: [2] });
  expect(chain(3, slung(2), slung(3))).toMatchObject({ over: true, hopeless: [1] });
  expect(chain(3, ...ordered)).toMatchObject({ over: false, hopeless: [] });
});

test('a bead in hand is not over, whatever its needs', () => {
  expect(chain(1, ...ordered, leased(1))).toMatchObject({ ready: false, over: false });
});

test('a quarantined need that had landed before holds nothing back', () => {
  const events = [...ordered, ...worked(1), verified([1]), landed(1)];
  expect(chain(3, ...events, quarantined(2))).toMatchObject({ hopeless: [2] });
  expect(chain(2, ...events)).toMatchObject({ hopeless: [] });
});

test('a cycle is told as the path that closes it', () => {
  const { beads } = convoyAfter(opened(), created(1), created(2, [1]), created(3, [2]));
  expect(findCycle(beads, 1, [3])).toEqual([1, 3, 2, 1]);
  expect(findCycle(beads, 1, [1])).toEqual([1, 1]);
  expect(findCycle(beads, 3, [1, 2])).toBeNull();
  expect(findCycle(beads, 3, [9])).toBeNull();
});
