import { z } from 'zod';
import { firstVersion } from '../define-event.ts';
import { json } from '../json.ts';

export const roleName = z.enum(['mayor', 'polecat', 'witness', 'refinery', 'crew', 'analyst']);
export type RoleName = z.output<typeof roleName>;

/** Tokens as the provider counted them; `estimated` where it streamed no usage and they were counted from bytes. */
export const usage = z.strictObject({
  inputTokens: z.int().nonnegative(),
  cachedInputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  estimated: z.boolean(),
});
export type Usage = z.output<typeof usage>;

/** A tool call as the model wrote it. `arguments` is its raw text, which need not be JSON. */
export const toolCall = z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() });
export type ToolCall = z.output<typeof toolCall>;

/** Why a session ended. Everything but `finished` and `done` is told to people. */
export const sessionOutcome = z.enum([
  /** The model answered without a tool call. */
  'finished',
  /** A tool ended the session: its bead is closed. */
  'done',
  'max-iterations',
  'repetition',
  'no-progress',
  'refused',
  'budget',
  'wall-clock',
  'model-failed',
  'cancelled',
]);
export type SessionOutcome = z.output<typeof sessionOutcome>;

/** The events of one agent's conversation with a model; one writer per stream. */
export const sessionEventTypes = {
  SessionStarted: firstVersion(
    z.strictObject({
      role: roleName,
      /** What the session works for: `convoy/1/12`, and the bead where it has one. */
      convoy: z.string().nullable(),
      bead: z.int().positive().nullable(),
      attempt: z.int().positive().nullable(),
      model: z.string(),
      system: z.string(),
      briefing: z.string(),
      tools: z.array(z.string()),
    }),
  ),
  ModelReplied: firstVersion(
    z.strictObject({
      /** 1 for the session's first reply. */
      turn: z.int().positive(),
      model: z.string(),
      text: z.string(),
      /** Kept for people; never sent on. */
      reasoning: z.string(),
      toolCalls: z.array(toolCall),
      /** `repetition`: we cut it off because it said the same thing over and over. */
      finish: z.enum(['stop', 'tool-calls', 'length', 'refusal', 'repetition']),
      usage,
      latencyMs: z.number().nonnegative(),
    }),
  ),
  ToolFinished: firstVersion(
    z.strictObject({ callId: z.string(), name: z.string(), result: z.string(), failed: z.boolean() }),
  ),
  ContextCompacted: firstVersion(
    z.strictObject({
      /** Events up to this version of the stream are replaced by the summary in what the model sees. */
      upTo: z.int().positive(),
      summary: z.string(),
      usage,
    }),
  ),
  SessionSuspended: firstVersion(z.strictObject({ callId: z.string(), name: z.string(), waitingFor: json })),
  SessionResumed: firstVersion(
    z.strictObject({ callId: z.string(), result: z.string(), failed: z.boolean() }),
  ),
  /** Words from outside for a session that works; the model hears them after its next turn. */
  SessionNudged: firstVersion(z.strictObject({ text: z.string().min(1), by: z.string() })),
  /** What the session said to a model that stopped before its work was concluded. */
  SessionReminded: firstVersion(z.strictObject({ text: z.string().min(1) })),
  SessionEnded: firstVersion(
    z.strictObject({ outcome: sessionOutcome, text: z.string(), detail: z.string() }),
  ),
} as const;
