import type { Bead } from '../../../domain/bead/bead.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { CannotRun } from '../cannot-run.ts';

export interface FoundBead {
  readonly convoy: Convoy;
  readonly bead: Bead;
}

/** The bead that a person means: `12.3` is the third of convoy #12, `3` the third of the newest convoy. Throws `CannotRun`. */
export function findBead(convoys: readonly Convoy[], text: string): FoundBead {
  const [number, issue] = text.replace(/^#/, '').split('.').reverse().map(Number);
  const meant =
    issue === undefined ? convoys.slice(-1) : convoys.filter(({ opened }) => opened.issue === issue);
  for (const convoy of meant) {
    const bead = convoy.beads.get(number ?? Number.NaN);
    if (bead) return { convoy, bead };
  }
  const known = convoys.flatMap(({ opened, beads }) =>
    [...beads.keys()].map((key) => `${opened.issue}.${key}`),
  );
  const hint = known.length === 0 ? 'there is none yet' : `there are ${known.slice(0, 12).join(', ')}`;
  throw new CannotRun('notFound', `There is no bead ${text}: ${hint}.`);
}

/** The convoys that a person means: the one of an issue number, or all. Throws `CannotRun`. */
export function findConvoys(convoys: readonly Convoy[], issue: number | undefined): readonly Convoy[] {
  if (issue === undefined) return convoys;
  const found = convoys.filter(({ opened }) => opened.issue === issue);
  if (found.length > 0) return found;
  throw new CannotRun('notFound', `There is no convoy #${issue}.`);
}
