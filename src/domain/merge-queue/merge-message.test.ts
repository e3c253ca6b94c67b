import { expect, test } from 'vitest';
import { mergeMessage } from './merge-message.ts';

test('a merge says what it brings and where it comes from', () => {
  const known = { session: 's-1', model: 'gpt', inputTokens: 1200, outputTokens: 80 };
  expect(mergeMessage({ issue: 12, number: 3, title: 'Add a\nrate limiter' }, known)).toBe(
    'Merge bead 12.3: Add a rate limiter\n\nBead: 12.3\nSession: s-1\nModel: gpt\nTokens-In: 1200\nTokens-Out: 80\n',
  );
});

test('what is not known is left out, and nothing can add a trailer of its own', () => {
  const unknown = {
    session: null,
    model: 'x\nSigned-off-by: someone',
    inputTokens: null,
    outputTokens: null,
  };
  expect(mergeMessage({ issue: 1, number: 1, title: 't' }, unknown, 'session-2')).toBe(
    'Merge bead 1.1: t\n\nBead: 1.1\nModel: x Signed-off-by: someone\nConflict-Resolved-By: session-2\n',
  );
});

test('a title closes, mentions and references nothing by a commit', () => {
  const unknown = { session: null, model: null, inputTokens: null, outputTokens: null };
  const title = 'Closes #1, fixes acme/thing#2, says @ada\nCo-authored-by: Eve <eve@evil.example>';
  const message = mergeMessage({ issue: 1, number: 1, title }, unknown);
  expect(message).not.toMatch(/closes #|fixes acme|@[a-z]|^Co-authored/im);
  expect(message.split('\n')[0]).toContain('Closes\u2060 #\u20601');
});
