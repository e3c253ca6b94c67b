import { test } from 'vitest';
import { opened } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { openConvoy } from './open-convoy.ts';

const order = opened().data;

test('an order opens a convoy', () => {
  givenConvoy()
    .when((state) => openConvoy(state, order))
    .thenEvents(opened());
});

test('an issue labelled polecat is its own one bead, ordered at once', () => {
  const single = {
    ...order,
    kind: 'polecat',
    title: 'A title that is a good deal longer than forty letters',
  } as const;
  givenConvoy()
    .when((state) => openConvoy(state, single))
    .thenEvents(
      opened(single),
      {
        type: 'BeadCreated',
        data: { bead: 1, title: single.title, description: order.body, acceptance: '', needs: [] },
      },
      { type: 'BeadSlung', data: { bead: 1, topic: single.title.slice(0, 40) } },
    );
});

test('an issue labelled polecat whose title holds nothing visible still has a bead with a title', () => {
  const single = { ...order, kind: 'polecat', title: '' } as const;
  givenConvoy()
    .when((state) => openConvoy(state, single))
    .thenEvents(
      opened(single),
      {
        type: 'BeadCreated',
        data: { bead: 1, title: 'Issue #12', description: order.body, acceptance: '', needs: [] },
      },
      { type: 'BeadSlung', data: { bead: 1, topic: 'Issue #12' } },
    );
});

test('the same issue is not opened twice', () => {
  givenConvoy(opened())
    .when((state) => openConvoy(state, order))
    .thenRefused('convoy-exists');
});
