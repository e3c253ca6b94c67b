import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { RedCheck } from '../integration-events.ts';
import { beadCountMax, beadTextLengthMax } from '../limits.ts';
import type { Convoy, ConvoyState } from '../state.ts';
import { openConvoy, orderedBead } from './rules.ts';

/** How often in a row the town tries to mend what the rig's own checks find. */
const repairRoundsMax = 2;

/**
 * Takes in that the rig's own checks are red on the head that the pull request shows: one bead mends all of them. After the
 * last round it is only recorded. The same head is told once.
 */
export function receiveRedChecks(
  state: ConvoyState,
  red: { readonly commit: string; readonly checks: readonly RedCheck[] },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const convoy = open.value;
  if (convoy.pullRequest?.sha !== red.commit) {
    return refuse(refusal('not-the-head', `${red.commit} is not what the pull request shows.`));
  }
  if (convoy.failedChecks.some((one) => one.commit === red.commit)) return accept();
  const checks = [...red.checks];
  if (roundsSoFar(convoy) >= repairRoundsMax || convoy.beads.size >= beadCountMax) {
    return accept({ type: 'ChecksFailed', data: { commit: red.commit, bead: null, checks } });
  }
  const bead = convoy.lastBead + 1;
  return accept(
    { type: 'ChecksFailed', data: { commit: red.commit, bead, checks } },
    ...orderedBead({
      bead,
      title: `Mend what the repository's own checks find`,
      description: describe(red.commit, checks),
      acceptance: `${names(checks)} would pass, and so does the verification.`,
      topic: 'red checks',
    }),
  );
}

/** Rounds since a person last asked for something: a review begins them anew. */
function roundsSoFar({ failedChecks, reviews, beads }: Convoy): number {
  const asked = reviews.findLast((review) => review.bead !== null)?.bead ?? 0;
  return failedChecks.filter(({ bead }) => bead !== null && bead > asked && beads.has(bead)).length;
}

const names = (checks: readonly RedCheck[]): string => checks.map(({ name }) => `"${name}"`).join(', ');

const introLength = 1000;

function describe(commit: string, checks: readonly RedCheck[]): string {
  const share = Math.floor((beadTextLengthMax - introLength) / checks.length) - 500;
  const parts = checks.map(({ name, conclusion, url, log }) =>
    [
      `Check "${name.slice(0, 200)}": ${conclusion} (${url.slice(0, 200)})`,
      log === '' ? 'It left no log.' : log.slice(-share),
    ].join('\n'),
  );
  return [`The repository's own checks ended red on ${commit}. What they said last:`, ...parts].join('\n\n');
}
