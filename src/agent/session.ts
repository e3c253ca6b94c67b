import type { RoleName, SessionOutcome } from '../domain/session/events.ts';
import type { Tool } from './tool.ts';

/** One durable conversation. Started again under the same id it goes on at the very next step. */
export interface SessionSpec {
  /** A UUID; the stream is `session/<id>`. */
  readonly id: string;
  readonly role: RoleName;
  readonly convoy: string | null;
  readonly bead: number | null;
  readonly attempt: number | null;
  /** First choice, then fallbacks. */
  readonly models: readonly [string, ...string[]];
  readonly system: string;
  /** The first message, used only when the session is new. */
  readonly briefing: string;
  readonly tools: readonly Tool[];
  readonly maxIterations: number;
}

/** How a run of a session stopped. Only `ended` is for good. */
export type SessionStop =
  | {
      readonly status: 'ended';
      readonly outcome: SessionOutcome;
      readonly text: string;
      readonly detail: string;
    }
  | {
      readonly status: 'suspended';
      readonly callId: string;
      readonly tool: string;
      readonly waitingFor: unknown;
    }
  /** The signal was aborted: nothing is lost, the session can be run again. */
  | { readonly status: 'interrupted' };
