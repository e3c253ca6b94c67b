import { accept, refuse } from '../domain/event.ts';
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

/** Says something to a session that works or waits; false when it has ended or never began. */
export async function nudgeSession(
  deps: { readonly ledger: Ledger },
  sessionId: string,
  text: string,
  by: { readonly actor: string; readonly cause: string },
): Promise<boolean> {
  const result = await deps.ledger.decide({
    ...by,
    stream: `session/${sessionId}`,
    fold: sessionFold,
    decide: (state) =>
      state.started && !state.ended
        ? accept({ type: 'SessionNudged', data: { text, by: by.actor } })
        : refuse('over' as const),
  });
  return result.status !== 'refused';
}

/** Ends a session from outside; a process that runs it lets go at its next step. False when it had ended or never began. */
export async function cancelSession(
  deps: { readonly ledger: Ledger },
  sessionId: string,
  detail: string,
  by: { readonly actor: string; readonly cause: string },
): Promise<boolean> {
  const result = await deps.ledger.decide({
    ...by,
    stream: `session/${sessionId}`,
    fold: sessionFold,
    decide: (state) =>
      state.started && !state.ended
        ? accept({ type: 'SessionEnded', data: { outcome: 'cancelled', text: '', detail } })
        : refuse('over' as const),
  });
  return result.status !== 'refused';
}

const isWaiting = (state: SessionState, callId: string): boolean =>
  !state.ended && waiting(state).some((call) => call.callId === callId);
