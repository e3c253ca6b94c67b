import type { RoleName, Usage } from '../domain/session/events.ts';

/** Whose money a request spends. */
export interface Spender {
  readonly session: string;
  readonly role: RoleName;
  readonly convoy: string | null;
  readonly bead: number | null;
}

export interface RequestFacts extends Spender {
  readonly model: string;
  /** About what the request would take in. */
  readonly inputTokens: number;
  /** What was spent before it, by the session's own events. */
  readonly spent: readonly { readonly model: string; readonly usage: Usage }[];
}

export type RequestVerdict =
  /** With a bound for the answer's length where the rest of the money sets one. */
  | { readonly allowed: true; readonly maxOutputTokens?: number }
  /** `outcome`: the session ends with `budget`, or waits for more, to be resumed under the suspended call's id. */
  | { readonly allowed: false; readonly reason: string; readonly outcome: 'end' | 'wait' };

export interface ReplyFacts extends Spender {
  readonly model: string;
  readonly usage: Usage;
  /** What it paid for, and a key that is the same whenever the same reply is told of again. */
  readonly what: 'reply' | 'compaction';
  readonly key: string;
}

/** Where the caps of the town reach into a session. */
export interface SessionBudget {
  /** Asked before each request, compactions included. */
  beforeRequest(request: RequestFacts): Promise<RequestVerdict>;
  /** Told of each reply at least once: a process started anew tells of the last one again, under the same key. */
  afterReply(reply: ReplyFacts): Promise<void>;
}
