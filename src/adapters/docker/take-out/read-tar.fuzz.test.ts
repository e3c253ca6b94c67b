import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../../testing/fuzz-runs.ts';
import { testTar } from '../../../testing/sandbox/test-tar.ts';
import { tarEntries } from './read-tar.ts';

const good = await buffer(
  testTar([
    { path: 'a.txt', content: 'a\n' },
    { path: `deep/${'x'.repeat(150)}/long`, content: 'b'.repeat(2000) },
    { path: 'link', target: '../../etc/passwd' },
    { path: 'run', content: '#!/bin/sh\n', executable: true },
  ]),
);

/** A tar that a hostile container answers: bytes changed, cut off, or no tar at all. */
const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(good.length).map((end) => good.subarray(0, end)),
  fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    .map((changes) => changes.reduce((tar, [at, to]) => tar.fill(to, at, at + 1), Buffer.from(good))),
);

test('no bytes make reading a tar hang, or give more than stood in it', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(hostile, async (tar) => {
      let taken = 0;
      const reading = (async () => {
        for await (const { path, content } of tarEntries(Readable.from([tar]))) {
          expect(typeof path).toBe('string');
          for await (const chunk of content) taken += chunk.length;
          read += 1;
        }
      })();
      // A damaged stream is said so, and never more than that.
      await reading.catch((error: unknown) => expect(error).toBeInstanceOf(Error));
      expect(taken).toBeLessThanOrEqual(tar.length);
    }),
    { numRuns: fuzzRuns(1000) },
  );
  expect(read).toBeGreaterThan(100);
});
