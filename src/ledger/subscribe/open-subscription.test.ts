import { expect, it } from 'vitest';
import { beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import type { Ledger } from '../ports/ledger.ts';

const note = async (ledger: Ledger, text: string): Promise<void> => {
  const expected = ledger.load(convoyOne, counter).version;
  await ledger.append({ stream: convoyOne, expected, events: [beadNoted(1, text)], ...provenance });
};
const counter = { name: 'n', version: 1, initial: () => 0, evolve: (n: number) => n + 1 };
const fails = (error: unknown): never => {
  throw error;
};

it('hands over what was there and what comes, in order and once', async () => {
  const ledger = openLedger({ path: ':memory:', clock });
  await note(ledger, 'before');
  const all: number[] = [];
  const fresh: number[] = [];
  const whole = ledger.subscribe({
    after: 0,
    handle: (event) => void all.push(event.position),
    onError: fails,
  });
  const newOnly = ledger.subscribe({
    after: 'now',
    handle: (event) => void fresh.push(event.position),
    onError: fails,
  });
  for (let n = 0; n < 500; n += 1) await note(ledger, `${n}`);
  await Promise.all([whole.caughtUp(), newOnly.caughtUp()]);
  expect(all).toEqual(Array.from({ length: 501 }, (_, n) => n + 1));
  expect(fresh).toEqual(all.slice(1));
  await ledger.close();
});

it('goes on after its checkpoint, and handles again what it had not taken', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const first = openLedger({ path, clock });
  for (const text of ['a', 'b', 'c']) await note(first, text);
  const seen: string[] = [];
  const crashing = first.subscribe({
    name: 'mirror',
    after: 0,
    handle(event) {
      if (event.type === 'BeadNoted') seen.push(event.data.note);
      if (event.position === 2) throw new Error('crash in the middle');
    },
    onError: () => null,
  });
  await expect(crashing.caughtUp()).rejects.toMatchObject({
    fault: { kind: 'subscription-stopped', position: 1 },
  });
  await first.close();

  const second = openLedger({ path, clock });
  const going = second.subscribe({
    name: 'mirror',
    after: 0,
    handle: (event) => void (event.type === 'BeadNoted' && seen.push(event.data.note)),
    onError: fails,
  });
  await going.caughtUp();
  expect(seen).toEqual(['a', 'b', 'b', 'c']);
  await second.close();

  const third = openLedger({ path, clock });
  const done = third.subscribe({ name: 'mirror', after: 0, handle: () => fails('again'), onError: fails });
  await done.caughtUp();
  await third.close();
});

it('comes again with the same event after the delay that it is told', async () => {
  const ledger = openLedger({ path: ':memory:', clock });
  const tries: number[] = [];
  const subscription = ledger.subscribe({
    after: 0,
    handle() {
      if (tries.length < 3) throw new Error('not yet');
    },
    onError(_error, event, count) {
      expect(event.position).toBe(1);
      tries.push(count);
      return 1;
    },
  });
  await note(ledger, 'a');
  await subscription.caughtUp();
  expect(tries).toEqual([1, 2, 3]);
  await subscription.close();
  await ledger.close();
});

it('can be closed while it waits to try again', async () => {
  const ledger = openLedger({ path: ':memory:', clock });
  const failed = Promise.withResolvers<void>();
  ledger.subscribe({
    after: 0,
    handle: () => fails(new Error('never')),
    onError() {
      failed.resolve();
      return 1_000_000;
    },
  });
  await note(ledger, 'a');
  await failed.promise;
  await ledger.close();
});
