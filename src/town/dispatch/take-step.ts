import { clearConvoy, failConvoy } from '../../domain/convoy/decisions/end-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Step } from '../../domain/convoy/next-steps.ts';
import { worksOnRuns } from '../../domain/convoy/run-receipts.ts';
import type { StreamId } from '../../domain/event.ts';
import { answerCrew } from '../crew/answer-crew.ts';
import { proposeDuePlan } from '../mayor/propose-plan.ts';
import { runMayor } from '../mayor/run-mayor.ts';
import { runPolecat } from '../polecat/run-polecat.ts';
import { finalPass } from '../refinery/final-pass.ts';
import { integrate } from '../refinery/integrate.ts';
import { deleteConvoyBranches } from '../refinery/pull-request/delete-branches.ts';
import { openPullRequest } from '../refinery/pull-request/open-pull-request.ts';
import { updatePullRequest } from '../refinery/pull-request/update-pull-request.ts';
import { endLeftSessions, leftSessions } from '../session/end-left-sessions.ts';
import { returnFunds } from '../session/fund-convoy.ts';
import type { Town } from '../town.ts';
import { makeHealthReport } from '../witness/report-health.ts';
import { handOut } from './hand-out.ts';
import { orderRun } from './order-run.ts';
import { prepareAhead } from './prepare-ahead.ts';
import { SetupFailed } from './start-sandbox.ts';
import type { StepPause } from './step-pause.ts';

const nothingToWaitFor: StepPause = { wakeAt: null };

/** Does one step for a convoy. Each can be cut off at any point and taken again. */
export async function takeStep(
  town: Town,
  stream: StreamId,
  step: Step,
  signal: AbortSignal,
): Promise<StepPause> {
  try {
    return await doStep(town, stream, step, signal);
  } catch (error) {
    if (!(error instanceof SetupFailed && error.ofBase)) throw error;
    const reason = `${error.message}\n${error.output.slice(-outputLengthTold)}`;
    await giveUp(town, stream, step, reason, 'setup-failed');
    return nothingToWaitFor;
  }
}

const outputLengthTold = 2000;

async function giveUp(
  town: Town,
  stream: StreamId,
  step: Step,
  reason: string,
  rule?: 'setup-failed',
): Promise<void> {
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: step.key,
    decide: (state) => failConvoy(state, reason, rule),
  });
}

/** To a run of its own where the rig says so and there is a way to order one; else to this process. */
async function giveOut(town: Town, stream: StreamId, bead: number): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (town.runs && state && worksOnRuns(state)) await orderRun(town, stream, bead, town.runs);
  else await handOut(town, stream, bead);
}

async function doStep(town: Town, stream: StreamId, step: Step, signal: AbortSignal): Promise<StepPause> {
  switch (step.kind) {
    case 'mayor': {
      const prepared = prepareAhead(town, stream);
      const pause = await runMayor(town, stream, signal);
      await prepared;
      return pause;
    }
    case 'propose-plan':
      await proposeDuePlan(town, stream);
      return nothingToWaitFor;
    case 'hand-out':
      await giveOut(town, stream, step.bead);
      return nothingToWaitFor;
    case 'polecat':
      await runPolecat(town, stream, step.bead, step.session, signal);
      return nothingToWaitFor;
    case 'crew':
      return answerCrew(town, stream, step.name, signal);
    case 'witness':
      await makeHealthReport(town, stream, signal);
      return nothingToWaitFor;
    case 'integrate':
      await integrate(town, stream, signal);
      return nothingToWaitFor;
    case 'final-pass':
      await finalPass(town, stream, signal);
      return nothingToWaitFor;
    case 'pull-request':
      await openPullRequest(town, stream, signal);
      return nothingToWaitFor;
    case 'update-pull-request':
      await updatePullRequest(town, stream, signal);
      return nothingToWaitFor;
    case 'give-up':
      await giveUp(town, stream, step, step.reason);
      return nothingToWaitFor;
    case 'clean-up':
      await endLeftSessions(town, leftSessions(town, stream));
      await returnFunds(town, stream);
      await town.sandboxes.removeConvoy(stream);
      await town.ledger.decide({
        stream,
        fold: convoyFold,
        actor: 'town',
        cause: step.key,
        decide: (state) => clearConvoy(state),
      });
      return nothingToWaitFor;
    case 'delete-branches':
      return deleteConvoyBranches(town, stream);
  }
}
