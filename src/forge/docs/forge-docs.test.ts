import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderForgeDocs } from './render-forge-docs.ts';

test('docs/forge.md is what the code says (else run src/forge/docs/write-forge-docs.ts)', () => {
  const written = readFileSync(new URL('../../../docs/forge.md', import.meta.url), 'utf8');
  expect(written).toBe(renderForgeDocs());
});
