import { expect, test } from 'vitest';
import type { AppendRequest, Ledger } from '../../ledger/ports/ledger.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

/** A ledger that fails to take in the end of the polecat's session, as one does whose process ends just before. */
function losesTheEnd(ledger: Ledger): Ledger {
  const lost = ({ actor, events }: AppendRequest): boolean =>
    actor.startsWith('polecat') && events.some((event) => event.type === 'SessionEnded');
  return new Proxy(ledger, {
    get: (target, name, receiver) =>
      name === 'append'
        ? async (request: AppendRequest) => {
            if (lost(request)) throw new Error('the process ended');
            return target.append(request);
          }
        : Reflect.get(target, name, receiver),
  });
}

const ends = (town: TownUnderTest) =>
  town.events().flatMap((event) => (event.type === 'SessionEnded' ? [event.stream] : []));
const starts = (town: TownUnderTest) =>
  town.events().flatMap((event) => (event.type === 'SessionStarted' ? [event.stream] : []));

test('a polecat that was cut off between the close of its bead and its own end is ended by the next process', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    parts: ({ ledger }) => ({ ledger: losesTheEnd(ledger) }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  const session = convoy.beads.get(1)?.closedBy;
  expect(ends(town)).not.toContain(`session/${session}`);
  await town.restart();
  await town.quiet();
  await town.restart();
  const ended = town
    .events()
    .filter((event) => event.stream === `session/${session}`)
    .at(-1);
  expect(ended).toMatchObject({ type: 'SessionEnded', actor: 'town', data: { outcome: 'done' } });
  expect(ends(town).toSorted()).toEqual(starts(town).toSorted());
});

test('when a convoy is stopped, its sessions are over too', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    rehearsal: { fault: ({ role }) => (role === 'polecat' ? { kind: 'hang', afterChunks: 0 } : null) },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, () => starts(town).length === 2);
  const { owner, repo } = town.github.repository;
  const body = '/stop enough';
  await town.github.owner.rest.issues.createComment({ owner, repo, issue_number: issue, body });
  await town.until(issue, (now) => now.cleared);
  expect(ends(town).toSorted()).toEqual(starts(town).toSorted());
});
