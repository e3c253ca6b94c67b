import type { RoleName, SessionOutcome, Usage } from '../domain/session/events.ts';

/** What a session is doing, for people who watch. Nothing depends on it: whoever misses a piece finds it all in the ledger. */
export type Progress = {
  readonly session: string;
  readonly role: RoleName;
  readonly actor: string;
  readonly convoy: string | null;
  readonly bead: number | null;
} & ProgressStep;

export type ProgressStep =
  | { readonly kind: 'asking'; readonly turn: number; readonly model: string }
  | { readonly kind: 'text' | 'reasoning'; readonly piece: string }
  /** The request failed: what was streamed of this turn is void, and comes anew. */
  | { readonly kind: 'retrying'; readonly failed: string; readonly delayMs: number }
  | { readonly kind: 'falling-back'; readonly failed: string; readonly model: string }
  | {
      readonly kind: 'replied';
      readonly turn: number;
      readonly text: string;
      readonly usage: Usage;
      readonly latencyMs: number;
    }
  | {
      readonly kind: 'tool-started';
      readonly callId: string;
      readonly name: string;
      readonly arguments: string;
    }
  | {
      readonly kind: 'tool-finished';
      readonly callId: string;
      readonly name: string;
      readonly result: string;
      readonly failed: boolean;
    }
  | { readonly kind: 'suspended'; readonly name: string }
  | { readonly kind: 'compacted'; readonly turns: number }
  | { readonly kind: 'compaction-failed'; readonly reason: string }
  | { readonly kind: 'ended'; readonly outcome: SessionOutcome; readonly detail: string };
