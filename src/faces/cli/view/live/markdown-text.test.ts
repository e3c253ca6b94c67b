import { renderToString } from 'ink';
import { createElement } from 'react';
import { expect, it } from 'vitest';
import { MarkdownText } from './markdown-text.ts';

const shown = (text: string): string =>
  renderToString(createElement(MarkdownText, { text }), { columns: 120 });

it('shows headings, lists, code and emphasis without their marks', () => {
  const text = shown(
    '# Plan\n\nTwo *beads*, **one** after the other:\n\n1. first\n2. `second`\n\n```py\nx = "<b>"\n```\n\n- a\n  - b\n',
  );
  for (const words of [
    'Plan',
    'Two beads, one after the other:',
    '1. first',
    '2. second',
    'x = "<b>"',
    '• a',
    '• b',
  ]) {
    expect(text).toContain(words);
  }
  expect(text).not.toMatch(/[#*`]/);
});

it('shows what it does not know as it was written', () => {
  const text = shown('See [the page](javascript:x) and <script>alert(1)</script> & more &amp; text.');
  expect(text).toContain('[the page](javascript:x)');
  expect(text).toContain('<script>alert(1)</script> & more &amp; text.');
});
