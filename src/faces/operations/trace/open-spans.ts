import { createHash } from 'node:crypto';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';

export interface SpanStart {
  readonly name: string;
  /** Names the span among all that this town ever made: the same key is the same span, whichever process ends it. */
  readonly key: string;
  /** The key of the span that it is part of; null for the root of a trace. */
  readonly parent: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly attributes?: Attributes;
}

/** Sets the id that the next span gets. */
export interface NextIds {
  spanId: string | null;
  traceId: string | null;
}

/** Spans that have begun and not ended, by key. Ids come from keys, so that spans of two processes join in one trace. */
export class OpenSpans {
  readonly #tracer: Tracer;
  readonly #next: NextIds;
  readonly #open = new Map<string, Span>();

  constructor(tracer: Tracer, next: NextIds) {
    this.#tracer = tracer;
    this.#next = next;
  }

  /** `root` is the key of the trace. */
  start(root: string, { name, key, parent, at, attributes }: SpanStart): void {
    this.#next.spanId = idOf(key, 16);
    this.#next.traceId = idOf(root, 32);
    const span = this.#tracer.startSpan(
      name,
      { startTime: new Date(at), attributes: attributes ?? {} },
      contextOf(root, parent),
    );
    this.#open.set(key, span);
  }

  /** Ends a span, if this process began it. `failed` says why it did not succeed. */
  end(
    key: string,
    at: string,
    { failed, attributes }: { readonly failed?: string; readonly attributes?: Attributes } = {},
  ): void {
    const span = this.#open.get(key);
    if (span === undefined) return;
    if (attributes) span.setAttributes(attributes);
    if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
    span.end(new Date(at));
    this.#open.delete(key);
  }
}

function contextOf(root: string, parent: string | null): Context {
  if (parent === null) return ROOT_CONTEXT;
  const ids = { traceId: idOf(root, 32), spanId: idOf(parent, 16), traceFlags: 1, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, ids);
}

const idOf = (key: string, length: number): string =>
  createHash('sha256').update(key).digest('hex').slice(0, length);
