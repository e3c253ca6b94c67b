import { test } from 'vitest';
import {
  closed,
  created,
  finalPassDone,
  landed,
  leased,
  opened,
  returned,
  sessionId,
  slung,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { escalateBead, reportRefinery, startRefinery } from './report-refinery.ts';

const [started, reported] = finalPassDone(9);

test('a session of the Refinery is recorded once', () => {
  givenConvoy(opened())
    .when((state) => startRefinery(state, started.data))
    .thenEvents(started);
  givenConvoy(opened(), started)
    .when((state) => startRefinery(state, started.data))
    .thenNothing();
});

test('its verdict is recorded once, and only of a session that was started', () => {
  givenConvoy(opened(), started)
    .when((state) => reportRefinery(state, reported.data))
    .thenEvents(reported);
  givenConvoy(opened(), started, reported)
    .when((state) => reportRefinery(state, reported.data))
    .thenNothing();
  givenConvoy(opened())
    .when((state) => reportRefinery(state, reported.data))
    .thenRefused('refinery-unknown');
});

const conflict = { session: sessionId(9), why: 'conflict', bead: 1 } as const;
const given = {
  session: sessionId(9),
  report: 'Both sides changed.',
  bead: 1,
  reason: 'red',
  output: '1 failed',
};
const queued = [
  opened(),
  created(1),
  slung(1),
  leased(1),
  closed(1),
  { type: 'RefineryStarted', data: conflict } as const,
];

test('giving up on a bead records the verdict and sends the bead back, in one append', () => {
  givenConvoy(...queued)
    .when((state) => escalateBead(state, given))
    .thenEvents(
      {
        type: 'RefineryReported',
        data: { session: sessionId(9), verdict: 'ESCALATION', report: 'Both sides changed.' },
      },
      returned(1),
    );
});

test('a bead that has landed meanwhile is not sent back, and no verdict stands alone', () => {
  givenConvoy(...queued, landed(1))
    .when((state) => escalateBead(state, given))
    .thenRefused('no-such-transition');
});
