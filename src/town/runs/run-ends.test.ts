import { expect, it, onTestFinished } from 'vitest';
import { runSubject } from '../../domain/convoy/run-receipts.ts';
import { patrolLimits } from '../../domain/patrol/patrol-limits.ts';
import { orderName } from '../../domain/run/order.ts';
import { order, type RunsUnderTest, runsUnderTest, stream } from '../../testing/actions/runs-under-test.ts';
import { created, sessionId, slung } from '../../testing/convoy/convoy-events.ts';
import { orderRun } from '../dispatch/order-run.ts';
import type { BeadRuns, RunStanding } from '../ports/bead-runs.ts';
import { HubFailed } from '../ports/hub.ts';
import { beadStanding } from '../voice/bead-line.ts';
import { createPatrol } from '../witness/patrol.ts';
import { followRuns, type RunFollower } from './follow-runs.ts';
import { recordRunEnd, recordRunStart } from './record-run.ts';

const session = sessionId(500);

/** A GitHub that starts what it is told to, and says of runs what it is told to say. */
function gitHub(): BeadRuns & {
  started: string[];
  standings: Map<number, RunStanding>;
  refuse: HubFailed[];
} {
  const started: string[] = [];
  const standings = new Map<number, RunStanding>();
  const refuse: HubFailed[] = [];
  return {
    started,
    standings,
    refuse,
    start: async ({ order: name }) => {
      const refused = refuse.shift();
      if (refused !== undefined) throw refused;
      started.push(name);
      return started.length;
    },
    find: async ({ order: name }) => (started.includes(name) ? started.indexOf(name) + 1 : null),
    standing: async (_, run) => standings.get(run) ?? { status: 'live', started: false },
  };
}

function follow({ town }: RunsUnderTest): RunFollower {
  if (town.runRefs === undefined) throw new Error('a town without runs');
  const follower = followRuns(town, town.runRefs);
  const hearing = town.ledger.subscribe({
    after: 'now',
    handle: (event) => follower.hear(event),
    onError: () => null,
  });
  onTestFinished(async () => {
    await hearing.close();
    await follower.close();
  });
  return follower;
}

/** A town whose first run has taken bead 1. */
async function worked(): Promise<{ app: RunsUnderTest; follower: RunFollower; by: { run: number } & Told }> {
  const runs = gitHub();
  const app = await runsUnderTest(runs);
  await orderRun(app.town, stream, 1, runs);
  const by = { stream, bead: 1, run: 1, cause: 'test' };
  await recordRunStart(app.town, by);
  const follower = follow(app);
  await follower.settled();
  const ledger = app.run(order);
  expect(await ledger.claim(session, 1)).toMatchObject({ status: 'accepted' });
  return { app, follower, by };
}

type Told = Parameters<typeof recordRunStart>[1];

it('gives a bead back whose run took too long, with that as the reason, and counts the attempt', async () => {
  const { app, follower, by } = await worked();
  await recordRunEnd(app.town, by, 'timed_out');
  await follower.look();
  expect(app.convoy().beads.get(1)).toMatchObject({
    status: 'open',
    lease: null,
    attempts: 1,
    failures: [{ reason: 'its run took too long' }],
  });
});

it('gives a bead back whose run says nothing, and of which GitHub says nothing, once its lease has run out', async () => {
  const { app } = await worked();
  app.later(patrolLimits.leaseMs + patrolLimits.graceMs + 1);
  const patrol = createPatrol(app.town, () => null);
  app.later(patrolLimits.graceMs + 1);
  patrol.look(stream);
  await patrol.close();
  const bead = app.convoy().beads.get(1);
  expect(bead).toMatchObject({ status: 'open', lease: null, attempts: 1 });
  expect(app.town.ledger.read(stream).map(({ type }) => type)).toContain('LeaseExpired');
});

it('orders a run again that GitHub would not take, under the same name, and counts no attempt', async () => {
  const runs = gitHub();
  const app = await runsUnderTest(runs);
  const full = new HubFailed({
    operation: 'actions/create-workflow-dispatch',
    status: 429,
    outcome: 'refused',
    retryAt: '2030-01-01T00:01:00.000Z',
    message: 'too many runs are queued',
  });
  runs.refuse.push(full, full);
  await expect(orderRun(app.town, stream, 1, runs)).rejects.toBe(full);
  await expect(orderRun(app.town, stream, 1, runs)).rejects.toBe(full);
  await orderRun(app.town, stream, 1, runs);
  await orderRun(app.town, stream, 1, runs);
  expect(runs.started).toEqual([orderName(order)]);
  expect(app.convoy().beads.get(1)?.attempts).toBe(0);
});

it('leaves alone what waits for a runner because the plan’s are all taken, and says so', async () => {
  const runs = gitHub();
  const app = await runsUnderTest(runs);
  await app.append('town', created(2), slung(2));
  for (const bead of [1, 2]) await orderRun(app.town, stream, bead, runs);
  const follower = follow(app);
  await follower.settled();
  const looks = app.looks();
  // Nobody is at work: there is nothing that could be asked, and no timer.
  for (const bead of [1, 2]) await orderRun(app.town, stream, bead, runs);
  await follower.settled();
  expect([runs.started.length, app.looks()]).toEqual([2, looks]);
  const convoy = app.convoy();
  expect([...convoy.beads.values()].map((bead) => [bead.attempts, beadStanding(convoy, bead)])).toEqual([
    [0, 'waits for a runner'],
    [0, 'waits for a runner'],
  ]);
  await recordRunStart(app.town, { stream, bead: 1, run: 1, cause: 'test' });
  const ledger = app.run(order);
  expect(await ledger.claim(session, 1)).toMatchObject({ status: 'accepted' });
  expect(app.convoy().effects.map(({ subject }) => subject)).toContain(runSubject({ ...order, bead: 2 }));
});
