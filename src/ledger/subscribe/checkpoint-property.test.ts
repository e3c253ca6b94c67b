import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import type { Ledger, Subscription } from '../ports/ledger.ts';

/** What may happen to a subscriber, in any order: events come, its handler throws, its process is started anew. */
type Step = { readonly append: number } | { readonly crashAfter: number } | 'restart';

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ crashAfter: fc.nat(4) }),
  fc.constant<Step>('restart'),
);

it('hands over every event at least once, in order and without a hole, whatever stops it', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      using folder = temporaryFolder();
      const life = new Life(folder.file('beads.db'));
      for (const one of steps) await life.take(one);
      await life.end();
      expect(new Set(life.handled)).toEqual(new Set(Array.from({ length: life.appended }, (_, n) => n + 1)));
      for (const [index, position] of life.handled.entries()) {
        const before = life.handled[index - 1] ?? 0;
        expect(position).toBeLessThanOrEqual(before + 1);
      }
    }),
    { numRuns: 40 },
  );
});

/** A ledger with one named subscriber that may be made to crash. */
class Life {
  readonly handled: number[] = [];
  appended = 0;
  private readonly path: string;
  private ledger: Ledger;
  private subscription: Subscription;
  private crashIn: number | null = null;

  constructor(path: string) {
    this.path = path;
    this.ledger = this.open();
    this.subscription = this.subscribe();
  }

  async take(one: Step): Promise<void> {
    if (one === 'restart') await this.restart();
    else if ('crashAfter' in one) this.crashIn = one.crashAfter;
    else {
      const events = Array.from({ length: one.append }, () => beadNoted(1, 'n'));
      await this.ledger.append({ stream: convoyOne, expected: this.appended, events, ...provenance });
      this.appended += one.append;
    }
  }

  async end(): Promise<void> {
    this.crashIn = null;
    await this.restart();
    await this.subscription.caughtUp();
    await this.ledger.close();
  }

  private async restart(): Promise<void> {
    await this.ledger.close();
    this.ledger = this.open();
    this.subscription = this.subscribe();
  }

  private open(): Ledger {
    return openLedger({ path: this.path, clock, synchronous: 'normal', projections: [] });
  }

  private subscribe(): Subscription {
    return this.ledger.subscribe({
      name: 'mirror',
      after: 0,
      handle: (event) => {
        this.handled.push(event.position);
        if (this.crashIn === null) return;
        if (this.crashIn === 0) {
          this.crashIn = null;
          throw new Error('crash');
        }
        this.crashIn -= 1;
      },
      onError: () => null,
    });
  }
}
