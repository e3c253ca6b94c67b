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
  /** Who the session's events are by. Default the role's name. */
  readonly actor?: string;
  /** What made the session start. Default the session's id. */
  readonly cause?: string;
  /**
   * Said once when the model answers without a tool call although its work is not concluded; only a second such answer
   * in a row ends the session. As a function it is asked then, and null lets the session end. Left out: it ends.
   */
  readonly reminder?: string | (() => string | null);
  /** The session talks with a person: an answer without a tool call suspends it until they say something. */
  readonly interactive?: boolean;
  /** How many of the last turns a compaction leaves as they are. Default 6. */
  readonly keepTurns?: number;
  /** How long it may work, waiting for its suspended calls not counted. Default: no limit. */
  readonly wallClockMs?: number;
  readonly maxOutputTokens?: number;
}

/** The tool's name under which an interactive session waits for the person; what resumes it is what they said. */
export const overseerCall = 'overseer';
/** The tool's name under which a session waits for more budget. */
export const budgetCall = 'budget';

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
