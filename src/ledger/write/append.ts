import { toAppendKey } from '../log/append-key.ts';
import type { AppendRequest, AppendResult } from '../ports/ledger.ts';
import { addEvents } from './add-events.ts';
import { isExpected } from './expected-version.ts';
import { repeatOf } from './repeat-of.ts';
import type { WriteContext } from './write-context.ts';

/** Appends inside the running transaction, unless the key was there before or the stream is not as expected. */
export function append(context: WriteContext, request: AppendRequest): AppendResult {
  const key = toAppendKey(request.key);
  const repeated = repeatOf(context, request.stream, key);
  if (repeated !== null) return { status: 'repeated', events: repeated };
  const { version } = context.log.head(request.stream);
  if (!isExpected(request.expected, version)) return { status: 'conflict', currentVersion: version };
  return { status: 'appended', events: addEvents(context, request.stream, request.events, request, key) };
}
