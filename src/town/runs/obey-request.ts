import { closeBead } from '../../domain/convoy/decisions/close-bead.ts';
import { createBead } from '../../domain/convoy/decisions/create-bead.ts';
import {
  exhaustBudget,
  grantAllowance,
  returnAllowance,
} from '../../domain/convoy/decisions/grant-allowance.ts';
import { learnLesson } from '../../domain/convoy/decisions/learn-lesson.ts';
import { noteBead } from '../../domain/convoy/decisions/note-bead.ts';
import { recordSpent } from '../../domain/convoy/decisions/record-spent.ts';
import { releaseBead } from '../../domain/convoy/decisions/release-bead.ts';
import { renewLease } from '../../domain/convoy/decisions/renew-lease.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import { type Decision, refuse, type StreamId } from '../../domain/event.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { type OrderParts, orderName } from '../../domain/run/order.ts';
import type { RunAnswer, RunRequest } from '../../domain/run/run-request.ts';
import { leaseEnd } from '../dispatch/hand-out.ts';
import { runnerOfRun } from '../ports/bead-runs.ts';
import { fundConvoy } from '../session/fund-convoy.ts';
import type { Town } from '../town.ts';
import { bringWork } from './bring-work.ts';
import { claimBead } from './claim-bead.ts';

/** A run that has said who it is. */
export interface Claimant {
  readonly stream: StreamId;
  readonly order: OrderParts;
  readonly session: string;
  readonly run: number;
}

export type Decide = (state: ConvoyState) => Decision<Refusal>;
type Later = Exclude<RunRequest, { kind: 'claim' }>;

/**
 * Decides on what a run asks for, as if it were asked here, and says what came of it. The same request again is answered
 * the same. Null: that can't be said yet.
 */
export async function obeyRequest(
  town: Town,
  claimant: Claimant,
  number: number,
  request: RunRequest,
): Promise<RunAnswer | null> {
  const decide = (decision: Decide): Promise<RunAnswer> => decided(town, claimant, number, request, decision);
  if (request.kind === 'claim') return claimBead(town, claimant, number, decide);
  if (request.kind === 'close') {
    const missing = await bringWork(town, claimant, request.outcome);
    if (missing !== null) return { number, status: 'refused', rule: 'work-missing', text: missing };
  }
  if (request.kind === 'exhausted' && (await fundConvoy(town, claimant.stream))) {
    return { number, status: 'accepted', events: [] };
  }
  const answer = await decide((state) => decisionOn(town, claimant, request, state));
  if (request.kind !== 'top-up' || answer.status === 'accepted') return answer;
  if (!(await fundConvoy(town, claimant.stream))) return answer;
  return decide((state) => decisionOn(town, claimant, request, state));
}

function decisionOn(town: Town, claimant: Claimant, request: Later, state: ConvoyState): Decision<Refusal> {
  const { order, session, run } = claimant;
  const { bead } = order;
  switch (request.kind) {
    case 'renew':
      return renewLease(state, { bead, session, runner: runnerOfRun(run), until: leaseEnd(town) });
    case 'close':
      return closeBead(state, { bead, session, outcome: request.outcome });
    case 'release':
      return releaseBead(state, { bead, session, reason: request.reason, summary: request.summary });
    case 'note':
      return ifWorked(state, claimant, () => noteBead(state, request));
    case 'create':
      return ifWorked(state, claimant, () => createBead(state, request));
    case 'lesson':
      return ifWorked(state, claimant, () => learnLesson(state, { bead, text: request.text }));
    case 'spent': {
      const { kind: _, ...spent } = request;
      return recordSpent(state, { ...spent, bead });
    }
    case 'top-up':
      return ifWorked(state, claimant, () => grantAllowance(state, request.session));
    case 'exhausted':
      return exhaustBudget(state);
    case 'give-back':
      return returnAllowance(state, request.session);
  }
}

/** What a run says after its bead was given to another counts for nothing. */
function ifWorked(
  state: ConvoyState,
  { order, session }: Claimant,
  decide: () => Decision<Refusal>,
): Decision<Refusal> {
  const bead = state?.beads.get(order.bead);
  if (bead?.lease?.session === session || bead?.closedBy === session) return decide();
  return refuse(refusal('not-the-holder', `Bead ${order.bead} is not held by this session any more.`));
}

const townsOwn: ReadonlySet<RunRequest['kind']> = new Set([
  'claim',
  'renew',
  'spent',
  'top-up',
  'exhausted',
  'give-back',
]);

async function decided(
  town: Town,
  { stream, order, session }: Claimant,
  number: number,
  request: RunRequest,
  decide: Decide,
): Promise<RunAnswer> {
  const { state } = town.ledger.load(stream, convoyFold);
  const topic = state?.beads.get(order.bead)?.topic;
  const result = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: townsOwn.has(request.kind) ? 'town' : `polecat:${topic ?? order.bead}`,
    cause: `session/${session}`,
    key: `run ${stream} ${orderName(order)} ${number}`,
    decide,
  });
  if (result.status === 'refused') return { number, status: 'refused', ...result.refusal };
  return { number, status: 'accepted', events: result.events.map(({ id }) => id) };
}
