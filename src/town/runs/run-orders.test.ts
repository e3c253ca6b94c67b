import { expect, it, onTestFinished } from 'vitest';
import { exhaustBudget, freeUsd, grantAllowance } from '../../domain/convoy/decisions/grant-allowance.ts';
import { noteBead } from '../../domain/convoy/decisions/note-bead.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { runSubject } from '../../domain/convoy/run-receipts.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, NewEvent, RecordedEvent } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RunLedger } from '../../ledger/run-refs/open-run-ledger.ts';
import { order, type RunsUnderTest, runsUnderTest, stream } from '../../testing/actions/runs-under-test.ts';
import { sessionId } from '../../testing/convoy/convoy-events.ts';
import { hearNotes } from '../polecat/hear-notes.ts';
import type { BeadRuns } from '../ports/bead-runs.ts';
import { followRuns } from './follow-runs.ts';
import { passOnFindings } from './pass-on-findings.ts';

const session = sessionId(500);
const run = 70;
const live: BeadRuns = {
  start: () => Promise.reject(new Error('no run is ordered here')),
  find: async () => null,
  standing: async () => ({ status: 'live', started: true }),
};
const effect = sessionId(900);
const subject = runSubject(order);
const ordered: readonly NewEvent[] = [
  { type: 'EffectIntended', data: { effect, kind: 'workflow-run', subject, detail: { bead: 1 } } },
  { type: 'EffectConfirmed', data: { effect, kind: 'workflow-run', subject, receipt: { run } } },
  { type: 'RunStarted', data: { bead: 1, run } },
];

/** A run at work on bead 1, whose town listens. */
async function atWork(budgetUsd: number | null = null): Promise<{ app: RunsUnderTest; ledger: RunLedger }> {
  const app = await runsUnderTest(live, { budgetUsd });
  await app.append('town', ...ordered);
  const { town } = app;
  if (town.runRefs === undefined) throw new Error('a town without runs');
  const follower = followRuns(town, town.runRefs);
  onTestFinished(() => follower.close());
  await follower.settled();
  const ledger = app.run(order);
  expect(await ledger.claim(session, run)).toMatchObject({ status: 'accepted' });
  return { app, ledger };
}

const ask = (ledger: RunLedger, decide: (state: ConvoyState) => Decision<Refusal>) =>
  ledger.decide({ stream, fold: convoyFold, actor: 'polecat:part 1', cause: `session/${session}`, decide });

/** Resolves with the first event of the run's copy of which it is true. */
function heard(ledger: RunLedger, is: (event: RecordedEvent) => boolean): Promise<RecordedEvent> {
  const { promise, resolve } = Promise.withResolvers<RecordedEvent>();
  const subscription = ledger.subscribe({
    after: 0,
    handle: (event) => (is(event) ? resolve(event) : undefined),
    onError: () => null,
  });
  return promise.finally(() => subscription.close());
}

it('holds the bead by a lease that names its run', async () => {
  const { app, ledger } = await atWork();
  expect(app.convoy().beads.get(1)).toMatchObject({ attempts: 1, lease: { session, runner: 'actions:70' } });
  expect(ledger.load(stream, convoyFold).state).toEqual(app.convoy());
});

it('gets a top-up from the one budget, and is refused where nothing of it is free', async () => {
  const { app, ledger } = await atWork(1);
  expect(await ask(ledger, (state) => grantAllowance(state, session))).toMatchObject({ status: 'appended' });
  expect(freeUsd(app.convoy())).toBeCloseTo(0.95);
  expect(ledger.load(stream, convoyFold).state?.allowances.get(session)).toBeCloseTo(0.05);
  // Meanwhile others were granted the rest, of which the run has not heard.
  const other = { session: sessionId(501), tokens: 0, usd: 0.95 };
  await app.append('town', { type: 'AllowanceGranted', data: other });
  expect(await ask(ledger, (state) => grantAllowance(state, session))).toMatchObject({
    status: 'refused',
    refusal: { rule: 'budget-exhausted' },
  });
});

it('says once that the budget is exhausted, and hears when it was raised', async () => {
  const { app, ledger } = await atWork(1);
  await app.append('town', {
    type: 'AllowanceGranted',
    data: { session: sessionId(501), tokens: 0, usd: 1 },
  });
  const raised = heard(ledger, ({ type }) => type === 'BudgetRaised');
  expect(await ask(ledger, (state) => exhaustBudget(state))).toMatchObject({ status: 'appended' });
  const said = app.town.ledger.read(stream).filter(({ type }) => type === 'BudgetExhausted');
  expect(said).toHaveLength(1);
  await app.append('overseer:ada', { type: 'BudgetRaised', data: { by: 'ada', usd: 5 } });
  await raised;
  expect(freeUsd(app.convoy())).toBeGreaterThan(0);
  expect(await ask(ledger, (state) => grantAllowance(state, session))).toMatchObject({ status: 'appended' });
});

it('says to its session what the Witness found in it and what people note on its bead, once, and not its own notes', async () => {
  const { app, ledger } = await atWork();
  const town = { ...app.town, ledger };
  const held = { stream, bead: 1, session };
  const hearing = hearNotes(town, held);
  await app.append('overseer:ada', { type: 'BeadNoted', data: { bead: 1, note: 'before it began' } });
  await heard(ledger, ({ type }) => type === 'BeadNoted');
  const started: NewEvent = {
    type: 'SessionStarted',
    data: {
      role: 'polecat',
      convoy: stream,
      bead: 1,
      attempt: 1,
      model: 'm',
      system: '',
      briefing: 'Work.',
      tools: [],
    },
  };
  await ledger.append({
    stream: `session/${session}`,
    expected: 0,
    events: [started],
    actor: 'polecat:part 1',
    cause: 'test',
  });
  const last = heard(ledger, (event) => event.type === 'BeadNoted' && event.data.note === 'the last');
  const passing = ledger.subscribe({
    after: 'now',
    handle: (event) => passOnFindings(town, held, event),
    onError: () => null,
  });
  await ask(ledger, (state) => noteBead(state, { bead: 1, text: 'its own' }));
  const finding = { rule: 'looping', action: 'nudge', bead: 1, session, detail: 'It goes round.' } as const;
  await app.append('witness', { type: 'WitnessFound', data: finding });
  await app.append('overseer:ada', { type: 'BeadNoted', data: { bead: 1, note: 'Use the other library.' } });
  await app.append('overseer:ada', { type: 'BeadNoted', data: { bead: 1, note: 'the last' } });
  await last;
  await passing.caughtUp();
  // Who takes the session up later says nothing twice.
  await hearing.close();
  const later = hearNotes(town, held);
  await later.caughtUp();
  await later.close();
  const told = ledger
    .read(`session/${session}`)
    .flatMap((event) => (event.type === 'SessionNudged' ? [[event.data.by, event.data.text]] : []));
  expect(told.toSorted()).toEqual([
    ['overseer:ada', expect.stringContaining('Use the other library.')],
    ['overseer:ada', expect.stringContaining('before it began')],
    ['overseer:ada', expect.stringContaining('the last')],
    ['witness', expect.stringContaining('It goes round.')],
  ]);
  await passing.close();
});

it('leaves where its job is run again by hand, and takes nothing from the one that has the bead', async () => {
  const { app } = await atWork();
  const again = app.run(order);
  await expect(again.claim(sessionId(502), run)).rejects.toMatchObject({ name: 'OrderOver' });
  expect(app.convoy().beads.get(1)).toMatchObject({ attempts: 1, lease: { session } });
});
