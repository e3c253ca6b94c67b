import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import { bad, count, good, plain, quiet, type Tellers } from './tellers.ts';

/** What happens to an order as a whole. */
export const orderTellers = {
  OrderRefused: ({ data }) =>
    bad(`refused the order of ${onOneLine(data.by, 40)} in #${data.issue}: ${onOneLine(data.text, 300)}`),
  ConvoyOpened: ({ data }) => plain(`opened convoy #${data.issue}: ${onOneLine(data.title, 200)}`),
  PlanProposed: ({ data }) => plain(`proposes a plan of ${count(data.beads.length, 'bead')}`),
  PlanApproved: ({ data }) => plain(`takes the plan, as ${onOneLine(data.by, 40)} approved it`),
  PlanRejected: ({ data }) =>
    plain(`is to make another plan, says ${onOneLine(data.by, 40)}: ${onOneLine(data.guidance, 300)}`),
  MayorReported: ({ data }) =>
    // What it reports is its last reply, which was told already.
    data.finished
      ? plain('has given all its orders')
      : { ...bad('stopped before its orders were complete'), body: forTerminal(data.report) },
  ConvoyPaused: () => plain('paused the convoy'),
  ConvoyResumed: () => plain('resumed the convoy'),
  EngineLost: ({ data }) => bad(`waits for the Docker engine: ${onOneLine(data.reason, 300)}`),
  EngineReturned: () => good('has the Docker engine again'),
  ConvoyCancelled: ({ data }) => bad(`cancelled the convoy: ${onOneLine(data.reason, 200)}`),
  ConvoyFailed: ({ data }) => bad(`gave the convoy up: ${onOneLine(data.reason, 400)}`),
  ConvoyLanded: ({ data }) => good(`saw the pull request merged as ${data.mergeCommit.slice(0, 9)}`),
  ConvoyReverted: ({ data }) => bad(`saw it reverted by ${onOneLine(data.by, 40)}`),
  BaseMoved: ({ data }) => quiet(`saw ${onOneLine(data.branch, 80)} move to ${data.commit.slice(0, 9)}`),
  BudgetExhausted: ({ data }) =>
    bad(`the budget is spent: $${data.spentUsd.toFixed(2)} of $${data.capUsd.toFixed(2)}`),
  BudgetRaised: ({ data }) => plain(`${onOneLine(data.by, 40)} raised the budget by $${data.usd.toFixed(2)}`),
  EffectFailed: ({ data }) =>
    data.final
      ? bad(`could not do ${data.kind} for ${onOneLine(data.subject, 60)}: ${onOneLine(data.reason, 200)}`)
      : null,
} satisfies Tellers;
