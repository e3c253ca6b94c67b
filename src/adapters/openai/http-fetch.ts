import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

/** How long the end of a body may take whose content is all there; after that its connection is given up. */
const endWithinMs = 1_000;

/**
 * A fetch for the openai package over Node's own HTTP client: less work than the built-in one for a streamed
 * answer, and the connection is kept for the next request where that closes it at the end of each stream. What is out of the
 * ordinary (a redirect, a body that is no text) goes to the built-in one.
 */
export const httpFetch: typeof fetch = async (input, init = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const { body, signal } = init;
  if (input instanceof Request || (body != null && typeof body !== 'string')) return fetch(input, init);
  signal?.throwIfAborted();
  const incoming = await send(url, { ...init, body: body ?? null }, signal ?? null);
  const status = incoming.statusCode ?? 0;
  if (status >= 300 && status < 400 && incoming.headers.location !== undefined) {
    incoming.destroy();
    return fetch(input, init);
  }
  return responseOf(incoming, status);
};

type TextRequest = Omit<RequestInit, 'body'> & { readonly body: string | null };

function send(url: URL, init: TextRequest, signal: AbortSignal | null): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = Object.fromEntries(new Headers(init.headers));
  const length = init.body === null ? {} : { 'content-length': Buffer.byteLength(init.body) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: init.method ?? 'GET',
      headers: { ...headers, ...length },
    });
    // Not with the client's own option for it: where the answer is just over, nobody hears the error that it gives.
    const abort = (): void => void outgoing.destroy();
    signal?.addEventListener('abort', abort, { once: true });
    outgoing.once('close', () => signal?.removeEventListener('abort', abort));
    outgoing.once('response', resolve);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The other side had closed the kept connection just before: it has seen nothing of this.
      if (signal?.aborted) reject(signal.reason);
      else if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, init, signal));
      else reject(error);
    });
    outgoing.end(init.body);
  });
}

async function responseOf(incoming: IncomingMessage, status: number): Promise<Response> {
  const headers = new Headers();
  const { rawHeaders } = incoming;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
  const facts = { status, statusText: incoming.statusMessage ?? '', headers };
  if (status === 200 && headers.get('content-type')?.includes('text/event-stream')) {
    const streamed = new Response(null, facts);
    Object.defineProperty(streamed, 'body', { value: eventsOf(incoming) });
    return streamed;
  }
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  return new Response(pieces.length === 0 ? null : Buffer.concat(pieces), facts);
}

/** The pieces of a body. Whoever has read enough lets it end by itself, so that its connection can serve again. */
function eventsOf(incoming: IncomingMessage): AsyncIterable<Uint8Array> {
  const pieces = incoming.iterator({ destroyOnReturn: false });
  // Whoever reads is told by the pieces; how a body ends that nobody reads any more is nobody's concern.
  incoming.on('error', () => undefined);
  const letEnd = (): void => {
    if (incoming.destroyed || incoming.readableEnded) return;
    const patience = setTimeout(() => incoming.destroy(), endWithinMs);
    incoming.once('close', () => clearTimeout(patience));
    incoming.resume();
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => pieces.next(),
      return: async () => {
        await pieces.return?.();
        letEnd();
        return { value: undefined, done: true };
      },
    }),
  };
}
