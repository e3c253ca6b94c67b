import { fork } from 'node:child_process';
import { startForge } from '../../src/forge/index.ts';
import { absolute, median, type Row, timed } from '../row.ts';
import { apiClient } from './api-client.ts';

const issues = 2000;

/** Issues a second, each with its webhook delivered to another process, by eight clients at once. */
export async function creatingIssues(): Promise<Row> {
  const receiver = fork(new URL('receiver-process.ts', import.meta.url));
  const port = await new Promise<number>((resolve) =>
    receiver.once('message', (told) => resolve(Number(told))),
  );
  const forge = await startForge({});
  const client = apiClient(forge);
  try {
    await forge.createRepository({ owner: 'acme', name: 'widgets' });
    forge.sendWebhooksTo(`http://127.0.0.1:${port}/`);
    const create = async (count: number) => {
      let left = count;
      const worker = async () => {
        while (left > 0) {
          left -= 1;
          const status = await client.call('POST', '/repos/acme/widgets/issues', {
            title: `Issue ${left}`,
            body: 'Text',
          });
          if (status !== 201) throw new Error(`an issue was answered with ${status}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
      await forge.deliveriesSettled();
    };
    await create(500);
    const rates: number[] = [];
    for (let run = 0; run < 5; run += 1) rates.push((issues * 1000) / (await timed(() => create(issues))));
    const value = median(rates);
    return absolute('forge', {
      name: 'issue-create-per-s',
      value,
      unit: '/s',
      target: 1000,
      better: 'higher',
    });
  } finally {
    client.close();
    await forge.close();
    receiver.disconnect();
  }
}
