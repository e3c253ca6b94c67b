import type { z } from 'zod';

/** What a tool answers. Failures are answers too: the model reads them and mends its call. */
export type ToolOutcome =
  | { readonly kind: 'answer'; readonly text: string; readonly failed?: boolean }
  /** The session waits, at no cost, until the town resumes this call with its result. `waitingFor` is JSON. */
  | { readonly kind: 'suspend'; readonly waitingFor: unknown }
  /** The session is over once this call is recorded: done means gone. */
  | { readonly kind: 'end'; readonly text: string };

export interface ToolContext {
  readonly session: string;
  readonly callId: string;
  readonly signal: AbortSignal;
}

/** One thing that an agent can do. Arguments are parsed before `run` sees them; extra fields are dropped. */
export interface Tool<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly parameters: Schema;
  /**
   * Safe to run again under the same `callId` after a crash: it only reads, or its effect is keyed by the call. A call of
   * any other tool that was in flight then is reported to the model as interrupted.
   */
  readonly repeatable?: boolean;
  /** True for a call that runs once all others of its reply have finished: one that waits on them or concludes. */
  runsLast?(args: z.output<Schema>): boolean;
  run(args: z.output<Schema>, context: ToolContext): Promise<ToolOutcome>;
}

/** Keeps the link between a tool's schema and its arguments' type where tools of all kinds stand in one list. */
export function defineTool<Schema extends z.ZodType>(tool: Tool<Schema>): Tool {
  return tool as unknown as Tool;
}

export const answer = (text: string): ToolOutcome => ({ kind: 'answer', text });
export const failure = (text: string): ToolOutcome => ({ kind: 'answer', text, failed: true });
