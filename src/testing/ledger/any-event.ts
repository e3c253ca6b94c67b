import fc from 'fast-check';
import type { NewEvent } from '../../domain/event.ts';
import { beadCreated, beadNoted, convoyOpened, oid } from './sample-events.ts';

const session = '00000000-0000-7000-8000-000000000001';
const effects = ['1', '2', '3'].map((n) => `00000000-0000-7000-8000-00000000000${n}`);

type Event = fc.Arbitrary<NewEvent>;

const bead = fc.integer({ min: 1, max: 4 });
const attempt = fc.integer({ min: 1, max: 3 });
const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const effect = fc.constantFrom(...effects);
const tokens = fc.nat(5_000);
const kind = fc.constantFrom('reaction', 'reply');

function of<T extends NewEvent['type']>(
  type: T,
  data: fc.Arbitrary<Extract<NewEvent, { type: T }>['data']>,
): Event {
  return data.map((value) => ({ type, data: value }) as NewEvent);
}

/** An event of any kind that a projection looks at, about few beads and effects, in no sensible order. */
export function anyEvent(): Event {
  return fc.oneof(...beadEvents(), ...convoyEvents(), ...sessionEvents());
}

function beadEvents(): Event[] {
  const outcome = fc.record({ kind: fc.constant('no-changes'), reason: text });
  return [
    fc.tuple(bead, fc.array(bead, { maxLength: 3 })).map(([n, needs]) => beadCreated(n, needs)),
    fc.tuple(bead, text).map(([n, note]) => beadNoted(n, note)),
    of('BeadSlung', fc.record({ bead, topic: text })),
    of('BeadBlocked', fc.record({ bead, reason: text })),
    of('BeadUnblocked', fc.record({ bead })),
    of('BeadQuarantined', fc.record({ bead, reason: text })),
    of('BeadReleased', fc.record({ bead, attempt, reason: text, summary: text })),
    of('BeadReturned', fc.record({ bead, attempt, reason: text, output: text })),
    of('BeadLanded', fc.record({ bead, commit: fc.constant(oid) })),
    of('BeadClosed', fc.record({ bead, attempt, session: fc.constant(session), outcome })),
  ];
}

function convoyEvents(): Event[] {
  return [
    fc.constant(convoyOpened()),
    of('ConvoyPaused', fc.record({ by: text })),
    of('ConvoyResumed', fc.record({ by: text })),
    of('EffectIntended', fc.record({ effect, kind, subject: text, detail: fc.constant(null) })),
    of('EffectConfirmed', fc.record({ effect, kind, subject: text, receipt: fc.constant(null) })),
    of('EffectFailed', fc.record({ effect, kind, subject: text, reason: text, final: fc.boolean() })),
    of(
      'BudgetSpent',
      fc.record({
        session: fc.constant(session),
        role: fc.constantFrom('mayor', 'polecat'),
        model: text,
        bead: fc.option(bead),
        inputTokens: tokens,
        outputTokens: tokens,
        usd: fc.double({ min: 0, max: 10, noNaN: true }),
      }),
    ),
  ];
}

function sessionEvents(): Event[] {
  const usage = fc.record({
    inputTokens: tokens,
    cachedInputTokens: tokens,
    outputTokens: tokens,
    estimated: fc.boolean(),
  });
  return [
    of(
      'SessionStarted',
      fc.record({
        role: fc.constant('polecat'),
        convoy: fc.option(fc.constant('convoy/1/12')),
        bead: fc.option(bead),
        attempt: fc.option(attempt),
        model: text,
        system: text,
        briefing: text,
        tools: fc.constant([]),
      }),
    ),
    of(
      'ModelReplied',
      fc.record({
        turn: attempt,
        model: text,
        text,
        reasoning: text,
        toolCalls: fc.constant([]),
        finish: fc.constant('stop'),
        usage,
        latencyMs: fc.nat(100),
      }),
    ),
    of('SessionEnded', fc.record({ outcome: fc.constant('done'), text, detail: text })),
  ];
}
