import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startForge } from '../../src/forge/index.ts';
import { absolute, median, type Row, timed } from '../row.ts';
import type { Order } from './outside-process.ts';

const issues = 2000;

/** Issues a second, each with its webhook delivered. Clients and receiver are another process: the forge has one core. */
export async function creatingIssues(): Promise<Row> {
  const outside = fork(new URL('outside-process.ts', import.meta.url));
  const [port] = (await once(outside, 'message')) as [number];
  const forge = await startForge({});
  try {
    await forge.createRepository({ owner: 'acme', name: 'widgets' });
    forge.sendWebhooksTo(`http://127.0.0.1:${port}/`);
    const create = async (count: number) => {
      await ordered(outside, { api: forge.api, userToken: forge.userToken, issues: count });
      await forge.deliveriesSettled();
    };
    await create(500);
    const rates: number[] = [];
    for (let run = 0; run < 5; run += 1) rates.push((issues * 1000) / (await timed(() => create(issues))));
    const figure = { unit: '/s', target: 1000, better: 'higher' } as const;
    return absolute('forge', { name: 'issue-create-per-s', value: median(rates), ...figure });
  } finally {
    await forge.close();
    outside.disconnect();
  }
}

async function ordered(outside: ChildProcess, order: Order): Promise<void> {
  const answered = once(outside, 'message');
  outside.send(order);
  const [said] = (await answered) as [string];
  if (said !== 'done') throw new Error(said);
}
