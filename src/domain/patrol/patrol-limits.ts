/** When the Witness's rules hold. Times in ms. */
export interface PatrolLimits {
  /** How long a lease lasts that nobody renews; it is renewed half-way. */
  readonly leaseMs: number;
  /** What is given to those who are about to act by themselves. */
  readonly graceMs: number;
  /** After so much silence a session is spoken to, after twice as much it is given up. */
  readonly stallMs: number;
  /** A bead that could go on waits no longer than this before people are told. */
  readonly starveMs: number;
  /** After so many turns that repeat earlier ones a session is spoken to. */
  readonly repeatsMax: number;
  /** A bead that takes so many times what others took is spoken to, and taken out. Below so many tokens it is left alone. */
  readonly overspending: {
    readonly nudgeTimes: number;
    readonly quarantineTimes: number;
    readonly leastTokens: number;
    /** So many beads must have been delivered before there is anything to compare with. */
    readonly leastBeads: number;
  };
}

const minute = 60_000;

export const patrolLimits: PatrolLimits = {
  leaseMs: 30 * minute,
  graceMs: minute,
  stallMs: 15 * minute,
  starveMs: 30 * minute,
  repeatsMax: 2,
  overspending: { nudgeTimes: 4, quarantineTimes: 10, leastTokens: 200_000, leastBeads: 3 },
};
