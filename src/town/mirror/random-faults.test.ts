import { expect, onTestFailed, test } from 'vitest';
import { beadIssueOf, effectOf, needSubject } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { RehearsalScript } from '../../testing/rehearsal/script.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { randomFaults } from '../../testing/town/random-faults.ts';
import { seenOnGitHub, walkWideConvoy } from '../../testing/town/walk-wide-convoy.ts';
import { beadCount, needCount, onFastClock, wideScript } from '../../testing/town/wide-convoy.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

/** `GASTOWN_SEEDS=1,2,3` has it walked once for each. */
const seeds = (process.env.GASTOWN_SEEDS ?? '4').split(',').map(Number);

const isLinked = (convoy: Convoy): boolean =>
  [...convoy.beads.values()].every((bead) =>
    bead.needs.every(
      (need) => effectOf(convoy, 'needs-edge', needSubject(bead.number, need))?.status === 'confirmed',
    ),
  );

/** A town to which things happen by chance from now on, until `end` says that enough has. */
async function unluckyTown(seed: number, script: RehearsalScript, speed: number) {
  const town = await townUnderTest({ script, ...onFastClock(speed) });
  onTestFailed(() => {
    process.stderr.write(`GASTOWN_SEEDS=${seed}: ${JSON.stringify(town.troubles, null, 1)}\n`);
  });
  const issue = await town.issue({ title: 'Build all of it' });
  await town.quiet();
  const faults = randomFaults(seed);
  const real = (all: readonly { readonly fault: { readonly kind: string } }[]): number =>
    all.filter(({ fault }) => fault.kind !== 'none').length;
  await town.github.fault(...faults);
  const end = async (atLeast: number): Promise<void> => {
    expect(real(faults) - real(await town.github.faults())).toBeGreaterThan(atLeast);
    await town.github.heal();
    await town.reconcile();
    await town.caughtUp();
  };
  const { owner, repo } = town.github.repository;
  return { town, issue, at: { owner, repo }, end };
}

test.each(seeds)(
  'the same convoy comes to the same end where one call in ten fails, and webhooks come twice, late, out of order or never: seed %i',
  { timeout: 300_000 },
  async (seed) => {
    const { town, issue, at, end } = await unluckyTown(seed, wideScript(), 60);
    const say = (body: string) =>
      town.github.owner.rest.issues.createComment({ ...at, issue_number: issue, body });
    const walk = walkWideConvoy(town, issue);
    await town.until(issue, (now) => now.beads.size === beadCount);
    await say('/status');
    await town.until(issue, (now) => beadIssueOf(now, 20) !== null);
    await say('/status');
    await walk;
    await town.until(issue, isLinked);
    await town.until(issue, (now) => now.answeredComments.size === 2);
    await end(20);
    const seen = await seenOnGitHub(town, issue);
    expect(seen).toMatchObject({ landed: beadCount - 1, issues: beadCount + 1 });
    expect(new Set(seen.titles).size).toBe(beadCount);
    expect(seen.titles).toHaveLength(beadCount);
    expect(seen.links).toHaveLength(needCount);
    expect(seen.comments.filter((body) => body === '/status')).toHaveLength(2);
    expect(seen.comments).toHaveLength(5);
    expect(town.events().filter(({ type }) => type === 'ConvoyOpened')).toHaveLength(1);
  },
);

test.each(seeds)(
  'one that is worked and merged meanwhile has one issue for each bead, one pull request, and nothing left open: seed %i',
  { timeout: 300_000 },
  async (seed) => {
    const script = convoyScript([{ title: 'Alpha' }, { title: 'Beta', needs: [1] }, { title: 'Gamma' }]);
    const { town, issue, at, end } = await unluckyTown(seed, script, 20);
    const { rest } = town.github.owner;
    await town.label(issue, 'convoy');
    const { pullRequest } = await town.until(issue, (now) => now.pullRequest !== null);
    await rest.pulls.merge({ ...at, pull_number: pullRequest?.number ?? 0 });
    const { ended } = await town.until(issue, (now) => now.branchesDeleted);
    expect(ended?.how).toBe('landed');
    await end(2);
    const { data: all } = await rest.issues.listForRepo({ ...at, state: 'all', per_page: 100 });
    expect(all.map(({ title, state }) => [title, state]).toSorted()).toEqual(
      ['Alpha', 'Beta', 'Build all of it', 'Build all of it', 'Gamma'].map((title) => [title, 'closed']),
    );
    expect(all.filter((one) => one.pull_request)).toHaveLength(1);
    expect((await rest.issues.listComments({ ...at, issue_number: issue })).data).toHaveLength(1);
    expect((await rest.repos.listBranches(at)).data.map(({ name }) => name)).toEqual(['main']);
  },
);
