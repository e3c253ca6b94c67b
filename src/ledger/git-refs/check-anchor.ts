import type { StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import { LedgerError } from '../ledger-error.ts';
import type { RemoteHead } from './remote-heads.ts';
import { refOf } from './stream-refs.ts';

/** A stream's head as someone saw it. `hash`: the first digits, at least 16, of its last event's hash. */
export interface Anchor {
  readonly stream: StreamId;
  readonly oid: string;
  readonly version: number;
  readonly hash: string;
}

const hashDigits = 32;

/** What is written down of a stream's head, so that whoever comes later can see that nothing was taken back. */
export function anchorOf(inner: WorkingLedger, stream: StreamId, head: RemoteHead | null): Anchor | null {
  if (head === null) return null;
  const event = inner.read(stream, head.version - 1)[0];
  return event === undefined
    ? null
    : { stream, oid: head.oid, version: head.version, hash: event.hash.slice(0, hashDigits) };
}

/** Whether the working copy holds, at an anchored version, the very event that was anchored. Throws `not-descended`. */
export function checkAnchor(inner: WorkingLedger, anchor: Anchor): void {
  const event = inner.read(anchor.stream, anchor.version - 1)[0];
  if (event?.hash.startsWith(anchor.hash)) return;
  const detail =
    event === undefined
      ? `it ends before version ${anchor.version}, at which it was seen`
      : `version ${anchor.version} is not the one that was seen`;
  throw new LedgerError({ kind: 'not-descended', stream: anchor.stream, ref: refOf(anchor.stream), detail });
}
