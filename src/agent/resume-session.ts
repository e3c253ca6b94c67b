import { accept, type NewEvent, refuse } from '../domain/event.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';
import { type SessionState, sessionFold, waiting } from './session-state.ts';

export interface Resumption {
  readonly callId: string;
  readonly result: string;
  readonly failed?: boolean;
}

/** What became of a resumption. Only `resumed` appended anything. */
export type Resumed =
  | { readonly status: 'resumed' }
  /** It has been resumed before, or never waited on this call, or has ended. */
  | { readonly status: 'not-waiting' };

/** Gives a suspended call its result, once. Whoever asks later, or at the same time, changes nothing. */
export async function resumeSession(
  deps: { readonly ledger: Ledger },
  sessionId: string,
  resumption: Resumption,
  by: { readonly actor: string; readonly cause: string } = { actor: 'town', cause: sessionId },
): Promise<Resumed> {
  const result = await deps.ledger.decide({
    ...by,
    stream: `session/${sessionId}`,
    fold: sessionFold,
    decide: (state) =>
      isWaiting(state, resumption.callId)
        ? accept({
            type: 'SessionResumed',
            data: {
              callId: resumption.callId,
              result: resumption.result,
              failed: resumption.failed === true,
            },
          })
        : refuse('not-waiting' as const),
  });
  return { status: result.status === 'refused' ? 'not-waiting' : 'resumed' };
}

interface By {
  readonly actor: string;
  readonly cause: string;
  /** The same key again says nothing more. */
  readonly key?: string;
}

/** Says something to a session that works or waits; false when it has ended or never began. */
export function nudgeSession(
  deps: { readonly ledger: Ledger },
  sessionId: string,
  text: string,
  by: By,
): Promise<boolean> {
  return tell(deps.ledger, sessionId, { type: 'SessionNudged', data: { text, by: by.actor } }, by);
}

/**
 * Ends a session from outside, as cancelled or as what it came to; a process that runs it lets go at its next step. False
 * when it had ended or never began.
 */
export function cancelSession(
  deps: { readonly ledger: Ledger },
  sessionId: string,
  detail: string,
  by: By,
  outcome: 'cancelled' | 'done' = 'cancelled',
): Promise<boolean> {
  const ended: NewEvent = { type: 'SessionEnded', data: { outcome, text: '', detail } };
  return tell(deps.ledger, sessionId, ended, by);
}

/** Appends to a session from outside while it lives. */
async function tell(ledger: Ledger, sessionId: string, event: NewEvent, by: By): Promise<boolean> {
  const result = await ledger.decide({
    ...by,
    stream: `session/${sessionId}`,
    fold: sessionFold,
    decide: (state) => (state.started && !state.ended ? accept(event) : refuse('over' as const)),
  });
  return result.status !== 'refused';
}

const isWaiting = (state: SessionState, callId: string): boolean =>
  !state.ended && waiting(state).some((call) => call.callId === callId);
