import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { rigConfig } from '../../../domain/config/rig-config.ts';
import { configurationPage, exampleConfig } from './configuration-page.ts';

it('is what docs/configuration.md holds', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../../../docs/configuration.md');
});

it('names a default for every field', () => {
  const fields = Object.keys(rigConfig.shape);
  const rows = configurationPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => row.split('`')[1])).toEqual(fields);
  for (const row of rows) expect(row).not.toMatch(/\| +\|$/);
});

it('shows an example that is right', () => {
  expect(rigConfig.parse(parse(exampleConfig))).toMatchObject({
    setup: ['npm ci'],
    verify: ['npm run lint', 'npm test'],
    memory: 2 * 2 ** 30,
  });
});
