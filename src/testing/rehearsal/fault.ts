import type { RoleName } from '../../domain/session/events.ts';

/** Something that goes wrong with one request, as real endpoints do it. */
export type Fault =
  /** An HTTP error: 429 with `retryAfterSeconds`, 500, 503, … */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** The connection is dropped before a byte of the answer. */
  | { readonly kind: 'reset' }
  /** The stream breaks off after so many chunks: without its end (`clean`: the body is closed properly all the same). */
  | { readonly kind: 'cut'; readonly afterChunks: number; readonly clean?: boolean }
  /** Nothing more comes after so many chunks, and the connection stays open. */
  | { readonly kind: 'hang'; readonly afterChunks: number }
  /** The first tool call's arguments lose their end. */
  | { readonly kind: 'malformed-arguments' }
  /** The endpoint tells no usage. */
  | { readonly kind: 'no-usage' }
  /** The model declines to answer. */
  | { readonly kind: 'refusal'; readonly text: string }
  /** The model says the same thing again and again until somebody hangs up. */
  | { readonly kind: 'endless'; readonly text: string };

/** One request for a reply, as far as a fault may depend on it. */
export interface RehearsalRequest {
  /** 1 for the first request that this server got. */
  readonly number: number;
  readonly role: RoleName;
  readonly about: string | null;
  /** 0 for a conversation's first reply. */
  readonly step: number;
}
