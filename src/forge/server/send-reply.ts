import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './operation.ts';

export interface SentReply {
  readonly status: number;
  readonly headers: Record<string, string>;
}

/** Writes a reply with GitHub's common headers; a GET whose ETag the client already has becomes 304 without a body. */
export function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  extra: Readonly<Record<string, string>> = {},
): SentReply {
  const raw = typeof reply.body === 'string';
  const text =
    reply.body === undefined ? undefined : raw ? (reply.body as string) : JSON.stringify(reply.body);
  const headers: Record<string, string> = {
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    'cache-control': 'private, max-age=60, s-maxage=60',
    'x-content-type-options': 'nosniff',
    ...extra,
    ...(text === undefined || raw ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...reply.headers,
  };
  let status = reply.status;
  if (request.method === 'GET' && status === 200 && text !== undefined) {
    headers.etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
    if (matches(request.headers['if-none-match'], headers.etag)) status = 304;
  }
  const body = status === 304 || status === 204 || text === undefined ? undefined : text;
  if (status !== 204 && status !== 304)
    headers['content-length'] = String(body === undefined ? 0 : Buffer.byteLength(body));
  response.writeHead(status, headers);
  // As text: Node then sends head and body in one write.
  response.end(body);
  return { status, headers };
}

function matches(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return asked.split(',').some((tag) => tag.trim() === '*' || plain(tag) === plain(etag));
}
