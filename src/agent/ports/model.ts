import type { ToolCall, Usage } from '../../domain/session/events.ts';

/** The conversation as a model sees it. Reasoning text is never part of it. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly content: string };

/** A tool as it is described to a model: a JSON Schema object for its arguments. */
export interface ToolDescription {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDescription[];
  readonly maxOutputTokens?: number;
}

export interface ModelReply {
  readonly model: string;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: 'stop' | 'tool-calls' | 'length' | 'refusal';
  readonly usage: Usage;
  /** From sending the request to the last byte. */
  readonly latencyMs: number;
}

export interface ModelCallOptions {
  readonly signal: AbortSignal;
  /** Pieces of text as they arrive, for people who watch. */
  readonly onText?: (piece: string) => void;
  readonly onReasoning?: (piece: string) => void;
  /** A request failed and is sent again after `delayMs`: what was streamed of it is void. */
  readonly onRetry?: (retry: { readonly failed: ModelFailed; readonly delayMs: number }) => void;
}

/**
 * Any OpenAI-compatible endpoint. Retries by itself what a retry can mend (429, 5xx, connection, stall), honouring
 * `retry-after`; rejects with `ModelFailed` when it gives up, and with the signal's reason on abort.
 */
export interface ModelPort {
  complete(request: ModelRequest, options: ModelCallOptions): Promise<ModelReply>;
  /** The model's context window in tokens. */
  contextWindow(model: string): number;
}

/** Why an endpoint could not answer; `status` is the HTTP status where there was one. */
export class ModelFailed extends Error {
  override readonly name = 'ModelFailed';
  readonly kind:
    | 'key-refused'
    | 'unknown-model'
    | 'rate-limited'
    | 'unreachable'
    | 'stalled'
    | 'rejected'
    /** The conversation doesn't fit into the model's window. */
    | 'too-long'
    | 'garbled';
  readonly status: number | null;
  readonly model: string;
  constructor(
    kind: ModelFailed['kind'],
    facts: { model: string; status: number | null; message: string },
    options?: ErrorOptions,
  ) {
    super(facts.message, options);
    this.kind = kind;
    this.status = facts.status;
    this.model = facts.model;
  }
}
