import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const page = await readFile(new URL('github-facts.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));
const named = rows.map((row) => /`([^`]+\.test\.ts)`: "(.+)" \|$/.exec(row));

test('every fact has a number of its own, and a test or a reason why not', () => {
  expect(rows.map((row) => Number(/^\| (\d+)/.exec(row)?.[1]))).toEqual(rows.map((_, index) => index + 1));
  for (const [index, match] of named.entries())
    expect(match !== null || /\| none: .+ \|$/.test(rows[index] ?? ''), rows[index]).toBe(true);
});

test.each(named.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']])))(
  '%s has "%s"',
  async (file, title) => {
    expect(await readFile(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(title);
  },
);
