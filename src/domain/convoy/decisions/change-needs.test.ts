import { expect, test } from 'vitest';
import { created, leased, opened, slung } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { changeNeeds } from './change-needs.ts';

const three = [opened(), created(1), created(2, [1]), created(3, [2])];

test('needs are said anew, once each, in order', () => {
  givenConvoy(...three)
    .when((state) => changeNeeds(state, { bead: 3, needs: [2, 1, 1] }))
    .thenEvents({ type: 'BeadNeedsChanged', data: { bead: 3, needs: [1, 2] } });
});

test.each([
  ['itself', 1, [1]],
  ['a bead that needs it', 1, [2]],
  ['a bead that needs it by way of another', 1, [3]],
])('a cycle is refused: %s', (_, bead, needs) => {
  givenConvoy(...three)
    .when((state) => changeNeeds(state, { bead, needs }))
    .thenRefused('needs-cycle');
});

test('the cycle is told as a path', () => {
  const decision = changeNeeds(convoyAfter(...three), { bead: 1, needs: [3] });
  expect(decision).toMatchObject({
    refusal: { text: 'That would be a cycle: 1 needs 3 needs 2 needs 1.' },
  });
});

test('unknown beads and beads that have been started are refused', () => {
  givenConvoy(...three)
    .when((state) => changeNeeds(state, { bead: 3, needs: [4] }))
    .thenRefused('need-unknown');
  givenConvoy(...three, slung(1), leased(1))
    .when((state) => changeNeeds(state, { bead: 1, needs: [] }))
    .thenRefused('bead-started');
  givenConvoy(...three)
    .when((state) => changeNeeds(state, { bead: 9, needs: [] }))
    .thenRefused('bead-unknown');
});

test('a cycle is looked for in a dense graph without walking each of its paths', () => {
  const count = 60;
  const dense = Array.from({ length: count }, (_, index) =>
    created(
      index + 1,
      Array.from({ length: index }, (_, need) => need + 1),
    ),
  );
  givenConvoy(opened(), ...dense, created(count + 1))
    .when((state) => changeNeeds(state, { bead: count + 1, needs: [count] }))
    .thenEvents({ type: 'BeadNeedsChanged', data: { bead: count + 1, needs: [count] } });
});
