import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const page = await readFile(new URL('security.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| attempt'));
const named = rows.map((row) => /`([^`]+\.test\.ts)`: "(.+)" \|$/.exec(row));

test('every attempt of the tables names the test that makes it', () => {
  expect(rows.length).toBeGreaterThan(50);
  for (const [index, match] of named.entries()) expect(match, rows[index]).not.toBeNull();
});

test.each(named.map((match) => [match?.[1] ?? '', match?.[2] ?? '']))('%s has "%s"', async (file, title) => {
  const source = await readFile(new URL(`../${file}`, import.meta.url), 'utf8');
  expect(source).toContain(title);
});
