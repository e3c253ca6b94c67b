import { test } from 'vitest';
import {
  closed,
  created,
  holder,
  leased,
  opened,
  released,
  sessionId,
  slung,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { askWitness, recordFinding, reportHealth, startWitness, takeAway } from './watch-over.ts';

const held = [opened(), created(1), slung(1), leased(1)];
const finding = {
  rule: 'stalled',
  action: 'release',
  bead: 1,
  session: holder(1),
  detail: 'it is silent',
} as const;
const reason = 'the Witness gave it up: it is silent';
const taking = { finding, summary: 'Half done.', now: '2030-01-01T00:30:00.000Z', leaseRanOut: false };
const releasedBy = {
  type: 'BeadReleased',
  data: { bead: 1, attempt: 1, reason, summary: 'Half done.' },
} as const;

test('a bead is taken from a session that was given up, and goes back to the others', () => {
  givenConvoy(...held)
    .when((state) => takeAway(state, taking))
    .thenEvents({ type: 'WitnessFound', data: finding }, releasedBy);
});

test('or is taken out at once', () => {
  const out = { ...finding, rule: 'overspending', action: 'quarantine' } as const;
  givenConvoy(...held)
    .when((state) => takeAway(state, { ...taking, finding: out }))
    .thenEvents({ type: 'WitnessFound', data: out }, releasedBy, {
      type: 'BeadQuarantined',
      data: { bead: 1, reason },
    });
});

test('a lease that ran out is told so; one that was renewed meanwhile is left alone', () => {
  const orphan = { ...finding, rule: 'orphaned' } as const;
  const late = { ...taking, finding: orphan, leaseRanOut: true, now: '2030-01-01T02:00:00.000Z' };
  givenConvoy(...held)
    .when((state) => takeAway(state, late))
    .thenEvents(
      { type: 'WitnessFound', data: orphan },
      { type: 'LeaseExpired', data: { bead: 1, attempt: 1 } },
      releasedBy,
    );
  const until = '2030-01-01T03:00:00.000Z';
  givenConvoy(...held, { type: 'LeaseRenewed', data: { bead: 1, attempt: 1, until } })
    .when((state) => takeAway(state, late))
    .thenRefused('lease-renewed');
});

test('the third attempt that is given up puts the bead into quarantine', () => {
  const events = [...held, released(1), leased(1, 2), released(1, 2), leased(1, 3)];
  const third = { ...finding, session: holder(1, 3) };
  givenConvoy(...events)
    .when((state) => takeAway(state, { ...taking, finding: third }))
    .thenEvents(
      { type: 'WitnessFound', data: third },
      { type: 'BeadReleased', data: { ...releasedBy.data, attempt: 3 } },
      {
        type: 'BeadQuarantined',
        data: { bead: 1, reason: `3 attempts came to nothing; the last: ${reason}` },
      },
    );
});

test('what was closed in the last moment is closed', () => {
  givenConvoy(...held, closed(1))
    .when((state) => takeAway(state, taking))
    .thenRefused('no-such-transition');
  givenConvoy(...held, released(1), leased(1, 2))
    .when((state) => takeAway(state, taking))
    .thenRefused('not-the-holder');
});

test('what only tells somebody is recorded', () => {
  const nudge = { ...finding, action: 'nudge' } as const;
  givenConvoy(...held)
    .when((state) => recordFinding(state, nudge))
    .thenEvents({ type: 'WitnessFound', data: nudge });
});

test('a person asks, a session looks, and its report is recorded once', () => {
  const asked = { type: 'WitnessAsked', data: { by: 'ada' } } as const;
  const started = { type: 'WitnessStarted', data: { session: sessionId(5) } } as const;
  const word = { session: sessionId(5), verdict: 'YELLOW', report: 'Bead 1 is slow.' } as const;
  const reported = { type: 'WitnessReported', data: word } as const;
  givenConvoy(...held)
    .when((state) => askWitness(state, 'ada'))
    .thenEvents(asked);
  givenConvoy(...held)
    .when((state) => startWitness(state, sessionId(5)))
    .thenRefused('witness-not-asked');
  givenConvoy(...held, asked)
    .when((state) => askWitness(state, 'ben'))
    .thenRefused('witness-at-work');
  givenConvoy(...held, asked)
    .when((state) => startWitness(state, sessionId(5)))
    .thenEvents(started);
  givenConvoy(...held, asked, started)
    .when((state) => startWitness(state, sessionId(6)))
    .thenNothing();
  givenConvoy(...held, asked, started)
    .when((state) => reportHealth(state, word))
    .thenEvents(reported);
  givenConvoy(...held, asked, started, reported)
    .when((state) => reportHealth(state, word))
    .thenNothing();
});
