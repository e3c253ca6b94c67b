import { createHash } from 'node:crypto';
import { proposePlan } from '../../domain/convoy/decisions/decide-plan.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { isProposalDue, planText } from '../../domain/convoy/plan-gate.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';

/** As many digits as people can be asked to copy, and nobody can find another plan for. */
const hashDigits = 16;

/** Where a person is to approve the plan: shows it as it stands now, unless it was shown like this already. */
export async function proposeDuePlan(town: Town, stream: StreamId): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null || !isProposalDue(state)) return;
  const text = planText(state);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'mayor',
    cause: 'plan',
    // Between the hash and this moment the plan may have changed: then the next event brings us here again.
    decide: (now) =>
      now !== null && planText(now) === text ? proposePlan(now, hash) : { accepted: true, events: [] },
  });
}
