import { createHmac, randomUUID } from 'node:crypto';
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Webhooks as GitHub sends them, each with a GUID of its own. */
export interface Sender {
  /** Sends one; resolves with the milliseconds to its answer. Rejects when that is not a 200. */
  send(): Promise<number>;
  close(): void;
}

export function webhookSender(url: string, secret: string, payload: object): Sender {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const body = Buffer.from(JSON.stringify(payload));
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-github-event': 'issues',
    'x-hub-signature-256': signature,
  };
  const send = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const options = { method: 'POST', agent, headers: { ...headers, 'x-github-delivery': randomUUID() } };
      const request = http.request(url, options, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - began);
          else reject(new Error(`A webhook was answered with ${response.statusCode}.`));
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/** Answers per second while `connections` of them wait for one all the time. */
export async function rateOf({ send }: Sender, connections: number, milliseconds: number): Promise<number> {
  const began = performance.now();
  let answered = 0;
  const keepSending = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      await send();
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepSending));
  return (answered / (performance.now() - began)) * 1000;
}

/** Times to the answer while so many are sent each second, whether those before are answered or not. */
export async function timesAt(
  { send }: Sender,
  perSecond: number,
  milliseconds: number,
): Promise<readonly number[]> {
  const began = performance.now();
  const sent: Promise<number>[] = [];
  for (let at = 0; at < milliseconds; at += 1000 / perSecond) {
    const early = began + at - performance.now();
    if (early > 1) await wait(early);
    sent.push(send());
  }
  return Promise.all(sent);
}
