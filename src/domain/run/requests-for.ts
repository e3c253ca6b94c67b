import type { Convoy } from '../convoy/state.ts';
import type { NewEvent } from '../event.ts';
import { roleName } from '../session/events.ts';
import type { RunRequest } from './run-request.ts';

/**
 * What a run has to ask for so that the town decides what the run decided on its own copy of the convoy. Null: it decided
 * something that a run has no say in. What follows from another event by the town's own rules is not asked for.
 */
export function requestsFor(
  events: readonly NewEvent[],
  before: Convoy | null,
): readonly RunRequest[] | null {
  const requests: RunRequest[] = [];
  for (const event of events) {
    if (event.type === 'BeadQuarantined') continue;
    const request = requestFor(event, before);
    if (request === null) return null;
    requests.push(request);
  }
  return requests;
}

function requestFor(event: NewEvent, before: Convoy | null): RunRequest | null {
  switch (event.type) {
    case 'LeaseRenewed':
      return { kind: 'renew' };
    case 'BeadNoted':
      return { kind: 'note', bead: event.data.bead, text: event.data.note };
    case 'BeadCreated': {
      const { bead: _, ...created } = event.data;
      return { kind: 'create', ...created };
    }
    case 'LessonLearned':
      return { kind: 'lesson', text: event.data.text };
    case 'BeadClosed':
      return { kind: 'close', outcome: event.data.outcome };
    case 'BeadReleased':
      return { kind: 'release', reason: event.data.reason, summary: event.data.summary };
    case 'AllowanceGranted':
      return { kind: 'top-up', session: event.data.session };
    case 'AllowanceReturned':
      return { kind: 'give-back', session: event.data.session };
    case 'BudgetExhausted':
      return { kind: 'exhausted' };
    case 'BudgetSpent': {
      const { session, model, role, inputTokens, outputTokens, usd } = event.data;
      const known = before?.spentBySession.get(session);
      return {
        kind: 'spent',
        session,
        model,
        role: roleName.parse(role),
        inputTokens: inputTokens + (known?.inputTokens ?? 0),
        outputTokens: outputTokens + (known?.outputTokens ?? 0),
        usd: usd + (known?.usd ?? 0),
      };
    }
    default:
      return null;
  }
}
