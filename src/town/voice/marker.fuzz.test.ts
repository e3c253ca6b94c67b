import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { marker, markerIn, markerKeyFrom } from './marker.ts';

const key = markerKeyFrom('a secret of the town');
const subject = { kind: 'status-comment', effect: randomUUID(), repositoryId: 7, issue: 12 };
const real = marker(key, subject);
const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });

/** What someone may write who sees every marker that the town ever wrote, and holds no key. */
const forged = fc.oneof(
  fc
    .tuple(fc.nat(real.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([at, to]) => real.slice(0, at) + to + real.slice(at + 1)),
  fc.tuple(fc.nat(real.length), fc.nat(real.length)).map(([from, to]) => real.slice(from, to)),
  hex.map((seal) => real.replace(/[0-9a-f]{64}/, seal)),
  fc.integer({ min: 1, max: 99 }).map((issue) => marker(key, { ...subject, issue: issue + 12 })),
  hex.map((secret) => marker(markerKeyFrom(secret), subject)),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('nothing but the marker itself passes for it, however much of it is copied', () => {
  fc.assert(
    fc.property(fc.array(forged, { minLength: 1, maxLength: 3 }), (parts) => {
      const text = parts.join('\n');
      fc.pre(!text.includes(real));
      expect(markerIn(key, text, subject)).not.toBe('this-effect');
    }),
    { numRuns: fuzzRuns(2000) },
  );
});
