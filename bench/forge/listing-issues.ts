import { startForge } from '../../src/forge/index.ts';
import { absolute, median, type Row, timed } from '../row.ts';
import { apiClient } from './api-client.ts';

const issues = 10_000;

/** The first page (30) of a repository with 10,000 open issues. */
export async function listingIssues(): Promise<Row> {
  const forge = await startForge({});
  const client = apiClient(forge);
  try {
    await forge.createRepository({ owner: 'acme', name: 'widgets' });
    for (let made = 0; made < issues; made += 8) {
      const bodies = Array.from({ length: 8 }, (_, index) => ({ title: `Issue ${made + index}` }));
      await Promise.all(bodies.map((body) => client.call('POST', '/repos/acme/widgets/issues', body)));
    }
    const times: number[] = [];
    for (let run = 0; run < 60; run += 1) {
      times.push(await timed(() => client.call('GET', '/repos/acme/widgets/issues')));
    }
    const value = median(times.slice(10));
    return absolute('forge', { name: 'list-page-10000-ms', value, unit: 'ms', target: 5, better: 'lower' });
  } finally {
    client.close();
    await forge.close();
  }
}
