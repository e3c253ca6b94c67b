import type { Convoy, RefineryState } from './state.ts';

/** Looks over the whole that have come to a verdict, in order. */
const passesDone = ({ refinery }: Convoy): readonly RefineryState[] =>
  refinery.filter(({ why, verdict }) => why === 'final' && verdict !== null);

/** Someone asked for a look over the whole, and none has begun since that came to a verdict. */
export function isPassAsked(convoy: Convoy): boolean {
  return convoy.refineAsked.length > (passesDone(convoy).at(-1)?.asksBefore ?? 0);
}

/** Before the pull request the Refinery looks over the whole once, and once more if anything has landed since; after it, when asked. */
export function isFinalPassDue(convoy: Convoy): boolean {
  if (isPassAsked(convoy)) return true;
  const seen = passesDone(convoy).at(-1)?.landedBefore ?? 0;
  return convoy.pullRequest === null && landedBeads(convoy) > seen;
}

export const landedBeads = ({ beads }: Pick<Convoy, 'beads'>): number =>
  [...beads.values()].filter((bead) => bead.landedAs !== null).length;

/** What a look over the whole is asked to mind: what was asked for since the one before it began. */
export function askedOfPass(convoy: Convoy, session: string): Convoy['refineAsked'] {
  const own = convoy.refinery.find((one) => one.session === session);
  return convoy.refineAsked.slice(passesDone(convoy).at(-1)?.asksBefore ?? 0, own?.asksBefore);
}

/** The first look over the whole that began after the n-th request and came to a verdict; null: none yet. */
export function passFor(convoy: Convoy, ask: number): RefineryState | null {
  return passesDone(convoy).find((pass) => pass.asksBefore >= ask) ?? null;
}
