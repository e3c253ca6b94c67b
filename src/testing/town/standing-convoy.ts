import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import { type TownSetup, type TownUnderTest, townUnderTest } from '../town-under-test/town-under-test.ts';
import { convoyScript, polecat } from './convoy-script.ts';

/** A convoy that stands still: bead 1 is being worked and comes to no end, beads 2 and 3 wait for a free polecat. */
export interface StandingConvoy {
  readonly town: TownUnderTest;
  /** The convoy's issue, and that of each bead. */
  readonly issue: number;
  readonly beads: readonly [number, number, number];
  /** Owner and name of the repository, for a call. */
  readonly at: { readonly owner: string; readonly repo: string };
}

export async function standingConvoy(setup: Partial<TownSetup> = {}): Promise<StandingConvoy> {
  const { parts } = convoyScript([{ title: 'Alpha' }, { title: 'Beta' }, { title: 'Gamma' }]);
  const endless = polecat('Alpha', [
    { calls: [{ name: 'shell', arguments: { command: 'sleep 60', timeout_seconds: 90 } }] },
  ]);
  const others = parts.filter(({ about }) => about !== 'Alpha');
  const town = await townUnderTest({
    script: { parts: [endless, ...others] },
    settings: { polecats: 1 },
    ...setup,
  });
  const issue = await town.issue({ title: 'Build it', body: 'All of it.' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(
    issue,
    (now) =>
      now.beads.get(1)?.status === 'in_progress' &&
      [1, 2, 3].every((bead) => issueNumberOf(now, bead) !== null),
  );
  await town.quiet();
  const numberOf = (bead: number): number => issueNumberOf(convoy, bead) ?? 0;
  const { owner, repo } = town.github.repository;
  return { town, issue, beads: [numberOf(1), numberOf(2), numberOf(3)], at: { owner, repo } };
}
