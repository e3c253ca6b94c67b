import type { RoleName } from '../../domain/session/events.ts';

/** What a rehearsal model says: one part for each conversation that it is asked to hold. */
export interface RehearsalScript {
  readonly parts: readonly Part[];
}

/**
 * One conversation. It is found by role (the model is called `rehearsal-<role>`) and, where a role has several parts, by
 * `about`: the first part whose `about` stands in the first user message is played.
 */
export interface Part {
  readonly role: RoleName;
  /** Must stand in the briefing, the first user message. Left out: any briefing. */
  readonly about?: string;
  /** One for each reply. A conversation that goes on after the last is off script, and is refused. */
  readonly steps: readonly Step[];
  /** A model that looks at what came back before it goes on, in the place of `steps`. */
  readonly improvise?: (heard: readonly HeardCall[]) => Step;
}

/** A call that the model made in this conversation, and what it was told. */
export interface HeardCall {
  readonly name: string;
  /** As the model wrote them: JSON. */
  readonly arguments: string;
  readonly result: string;
}

/** One reply: text, tool calls, or both. */
export interface Step {
  readonly say?: string;
  readonly calls?: readonly ScriptedCall[];
  /**
   * Must match what came in since the last reply (all tool results, one after the other; for the first step the briefing),
   * or the rehearsal stops there with a sentence that shows both.
   */
  readonly expects?: RegExp;
}

export interface ScriptedCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

/** The name by which a rehearsal model is asked to play a role. */
export const rehearsalModel = (role: RoleName): string => `rehearsal-${role}`;

/** The same under a name that no table of prices has: it costs what the dearest model does. */
export const paidRehearsalModel = (role: RoleName): string => `paid-${rehearsalModel(role)}`;
