import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { findAgain } from '../mirror/find-again.ts';
import { commandHelp } from './command-answers.ts';

/** The lists of docs/github.md are those of the code: on a mismatch, copy them from what this test expected. */
test('docs/github.md shows the commands as /help does, and how each effect is found again', async () => {
  const page = await readFile('docs/github.md', 'utf8');
  expect(page).toContain(commandHelp());
  const rows = Object.entries(findAgain).map(([kind, { by, where }]) => `| ${kind} | ${by} | ${where} |`);
  expect(page).toContain(['| Effect | Found by | Looked for in |', '|---|---|---|', ...rows].join('\n'));
});
