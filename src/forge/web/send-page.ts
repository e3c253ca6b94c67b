import type { ServerResponse } from 'node:http';

/** Sends text under a policy that runs nothing of it. `formsTo`: an origin, beside its own, that its forms may lead to. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  formsTo = '',
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'content-security-policy': `default-src 'none'; style-src 'self'; form-action ${`'self' ${formsTo}`.trim()}; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(text);
}
