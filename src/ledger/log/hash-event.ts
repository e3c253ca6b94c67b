import { hash } from 'node:crypto';
import type { StreamId } from '../../domain/event.ts';

/** What is hashed of an event, beside the hash of the one before it in its stream. */
export interface HashedParts {
  readonly stream: StreamId;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly actor: string;
  readonly cause: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The data's JSON text exactly as it is stored. */
  readonly data: string;
}

/** The hash before a stream's first event. */
export const noHash = '0'.repeat(64);

/**
 * SHA-256 in hex over the previous hash and every part, as the JSON array
 * `[previous, stream, version, id, type, typeVersion, actor, cause, at]`, a line feed, and the data's text.
 */
export function hashEvent(previous: string, e: HashedParts): string {
  const head = JSON.stringify([
    previous,
    e.stream,
    e.version,
    e.id,
    e.type,
    e.typeVersion,
    e.actor,
    e.cause,
    e.at,
  ]);
  return hash('sha256', `${head}\n${e.data}`, 'hex');
}
