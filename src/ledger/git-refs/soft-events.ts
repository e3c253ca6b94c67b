import type { EffectKind } from '../../domain/convoy/events.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { EventType } from '../../domain/event-types.ts';

/**
 * Events of a shared stream that nobody else waits for, and that mean the same wherever in the stream they come to stand:
 * they are acknowledged at once and pushed with the next event that can't wait, or after a while.
 */
const softTypes: ReadonlySet<EventType> = new Set([
  'AllowanceReturned',
  'BeadSlung',
  'BudgetSpent',
  'EffectConfirmed',
  'EffectFailed',
  'LeaseRenewed',
  'VerificationStarted',
]);

/** Effects that may be done twice without a trace: their intents can be lost. A create's intent is pushed before the call. */
const repeatable: ReadonlySet<EffectKind> = new Set([
  'close-issue',
  'delete-branch',
  'issue-body',
  'label',
  'needs-edge',
  'pull-request-body',
  'push-branch',
  'reopen-issue',
  'reaction',
  'review-request',
]);

export function isSoft(event: NewEvent): boolean {
  if (event.type === 'EffectIntended') return repeatable.has(event.data.kind);
  return softTypes.has(event.type);
}
