import { expect, test } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';

const part = 'aZ0-_bC1'.repeat(4);

/** Put together here, so that no scanner of secrets finds one in this file. */
const secrets: readonly (readonly [string, string])[] = [
  ['a personal token', `gh${'p'}_${'a1B2'.repeat(9)}`],
  ['an installation token', `gh${'s'}_${'a1B2'.repeat(9)}`],
  ['an installation token as of 2026', `gh${'s'}_1234567_eyJ${part}.eyJ${part}.${part}`],
  ['a user-to-server token', `gh${'u'}_${'a1B2'.repeat(9)}`],
  ['a fine-grained token', `github${'_pat_'}${'a1B2_'.repeat(16)}`],
  ['a key of an OpenAI-compatible endpoint', `s${'k'}-proj-${'a1B2'.repeat(9)}`],
  ['an old installation token', `v1.${'0a'.repeat(20)}`],
  ['a signed token', `eyJ${part}.eyJ${part}.${part}`],
  ['a cloud key', `AKI${'A'}${'A1B2'.repeat(4)}`],
  ['a private key', `-----BEGIN RSA PRIVATE${' KEY'}-----\nMIIE\nabc\n-----END RSA PRIVATE${' KEY'}-----`],
  ['a private key that was cut off', `-----BEGIN PRIVATE${' KEY'}-----\nMIIE\nabc`],
];

test.each(secrets)('%s is redacted, alone and in a sentence', (_, secret) => {
  expect(redactSecrets(secret)).toBe('[redacted]');
  const said = redactSecrets(`token="${secret}"`);
  expect(said.startsWith('token="[redacted]')).toBe(true);
  for (const piece of secret.split(/[\s.]/).filter((one) => one.length > 12 && !one.startsWith('---'))) {
    expect(said).not.toContain(piece);
  }
});

test('a header of basic or bearer authentication keeps its name alone', () => {
  expect(redactSecrets('Authorization: Bearer abcdefghijklmnop1234')).toBe(
    'Authorization: Bearer [redacted]',
  );
  expect(redactSecrets('https://x-access-token:abcdef123@github.com/a/b')).toBe(
    'https://x-access-token:[redacted]@github.com/a/b',
  );
});

test('what only looks a little like a secret stays', () => {
  const text =
    'commit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad, sk-learn, ghp_, v1.2.3, task-force-of-sixteen, eyJ.a.b';
  expect(redactSecrets(text)).toBe(text);
});
