import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Changes } from './changes.ts';

/** Server-sent events: `changed` after each change of the ledger, as soon as the page has taken the one before. */
export function streamChanges(context: Context, changes: Changes, closing: AbortSignal): Response {
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const signal = AbortSignal.any([gone.signal, closing]);
    let seen = changes.count;
    await stream.writeSSE({ event: 'ready', data: String(seen), retry: 1_000 });
    while (!signal.aborted) {
      const next = await changes.above(seen, signal).catch((error: unknown) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (next === null) return;
      seen = next;
      await stream.writeSSE({ event: 'changed', data: String(seen) });
    }
  });
}
