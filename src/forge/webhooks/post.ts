import http from 'node:http';

/** What a receiver answered; code 0 where there was no answer. */
export interface Outcome {
  readonly code: number;
  readonly status: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** How long a receiver may take before the delivery counts as failed, in milliseconds, as on GitHub. */
const patience = 10_000;

/** The receiver took longer than GitHub waits. */
export class DeliveryTimeoutError extends Error {
  override readonly name = 'DeliveryTimeoutError';
}

/**
 * Posts and reads the answer; rejects where none comes, with DeliveryTimeoutError where it takes too long. Redirects are answers, as for GitHub. A kept connection that
 * turns out to be closed is no refusal: the post is made again on a new one.
 */
export async function post(url: string, options: http.RequestOptions, body: string): Promise<Outcome> {
  try {
    return await postOnce(url, options, body);
  } catch (error) {
    if (!(error instanceof StaleConnectionError)) throw error;
    return postOnce(url, options, body);
  }
}

class StaleConnectionError extends Error {
  override readonly name = 'StaleConnectionError';
}

function postOnce(url: string, options: http.RequestOptions, body: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => request.destroy(new DeliveryTimeoutError()), patience);
    const request = http.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(late);
        const code = response.statusCode ?? 0;
        const answered = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          code,
          status: code >= 200 && code < 300 ? 'OK' : (response.statusMessage ?? ''),
          headers: Object.fromEntries(answered) as Record<string, string>,
          body: Buffer.concat(chunks).toString().slice(0, 65_536),
        });
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      const stale = request.reusedSocket && error.code === 'ECONNRESET';
      reject(stale ? new StaleConnectionError(error.message) : error);
    });
    request.end(body);
  });
}
