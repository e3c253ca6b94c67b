import type { Bead, Lease } from '../../domain/bead/bead.ts';
import { renewLease } from '../../domain/convoy/decisions/renew-lease.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { patrolLimits } from '../../domain/patrol/patrol-limits.ts';
import type { Town } from '../town.ts';
import { leaseEnd } from './hand-out.ts';

/** Renews the leases of the beads that this process works: half-way to their end, and at once when another process held them. */
export class LeaseKeeper {
  readonly #town: Town;
  readonly #stream: StreamId;
  /** Whether this process works a session, or will try again to. */
  readonly #works: (session: string) => boolean;
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | null = null;

  constructor(town: Town, stream: StreamId, works: (session: string) => boolean) {
    this.#town = town;
    this.#stream = stream;
    this.#works = works;
  }

  /** Looks at the leases now, and again when the next one is half over. */
  check(): void {
    if (this.#renewing !== null) return;
    clearTimeout(this.#timer);
    const dues = this.#held().map((held) => this.#dueAt(held.lease));
    if (dues.length === 0) return;
    const waitMs = Math.min(...dues) - this.#town.clock().getTime();
    if (waitMs > 0) this.#timer = this.#town.later(() => this.check(), waitMs);
    else this.#renewing = this.#renew().finally(() => this.#renewed());
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#renewing;
    clearTimeout(this.#timer);
  }

  #renewed(): void {
    this.#renewing = null;
    this.check();
  }

  async #renew(): Promise<void> {
    const now = this.#town.clock().getTime();
    for (const { number: bead, lease } of this.#held()) {
      if (this.#dueAt(lease) > now) continue;
      const { runner } = this.#town;
      const renewal = { bead, session: lease.session, runner, until: leaseEnd(this.#town) };
      await this.#town.ledger.decide({
        stream: this.#stream,
        fold: convoyFold,
        actor: 'town',
        cause: `session/${lease.session}`,
        // Refused when the bead was closed or given back meanwhile: then there is nothing to renew.
        decide: (state) => renewLease(state, renewal),
      });
    }
  }

  #dueAt(lease: Lease): number {
    if (lease.runner !== this.#town.runner) return 0;
    return Date.parse(lease.until) - (this.#town.patrol?.leaseMs ?? patrolLimits.leaseMs) / 2;
  }

  #held(): readonly (Bead & { readonly lease: Lease })[] {
    const { state } = this.#town.ledger.load(this.#stream, convoyFold);
    if (state === null || state.ended) return [];
    return [...state.beads.values()].filter(
      (bead): bead is Bead & { readonly lease: Lease } =>
        bead.lease !== null && this.#works(bead.lease.session),
    );
  }
}
