import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const page = await readFile(new URL('seed-parity.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| the seed'));
const named = rows.map((row) => /`([^`]+\.test\.ts)`: "([^"]+)" \|$/.exec(row));

test('every row of the table names a test', () => {
  expect(rows.length).toBeGreaterThan(50);
  for (const [index, match] of named.entries()) expect(match, rows[index]).not.toBeNull();
});

test.each(named.map((match) => [match?.[1] ?? '', match?.[2] ?? '']))('%s has "%s"', async (file, title) => {
  const source = await readFile(new URL(`../${file}`, import.meta.url), 'utf8');
  expect(source).toContain(title);
});
