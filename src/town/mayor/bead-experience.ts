import type { Experience } from '../../domain/convoy/estimate-plan.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';

const convoysLookedAt = 10;

/** What the landed beads of a repository's last convoys took: dollars, and minutes from the first lease to the close. */
export function beadExperience(town: Town, repositoryId: number): readonly Experience[] {
  return town.ledger.streams(`convoy/${repositoryId}/`).slice(-convoysLookedAt).flatMap(ofConvoy(town));
}

const ofConvoy =
  (town: Town) =>
  (stream: StreamId): readonly Experience[] => {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null) return [];
    const begun = new Map<number, number>();
    const took = new Map<number, number>();
    for (const event of town.ledger.read(stream)) {
      if (event.type !== 'LeaseGranted' && event.type !== 'BeadClosed') continue;
      const { bead } = event.data;
      const at = Date.parse(event.at);
      if (event.type === 'LeaseGranted') begun.set(bead, Math.min(begun.get(bead) ?? at, at));
      else took.set(bead, (at - (begun.get(bead) ?? at)) / 60_000);
    }
    return [...state.beads.values()]
      .filter((bead) => bead.landedAs !== null)
      .map(({ number }) => ({
        usd: state.spentByBead.get(number)?.usd ?? 0,
        minutes: took.get(number) ?? 0,
      }));
  };
