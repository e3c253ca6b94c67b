import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { marker, markerIn, markerKeyFrom } from './marker.ts';

const key = markerKeyFrom('a secret of the town');
const other = markerKeyFrom('another secret');
const subject = { kind: 'status-comment', effect: randomUUID(), repositoryId: 7, issue: 12 };

test('a text is found again by the marker that it was given', () => {
  const text = `### At work\n\n${marker(key, subject)}`;
  expect(markerIn(key, text, subject)).toBe('this-effect');
  expect(markerIn(key, `a\n${marker(key, { ...subject, issue: 13 })}\n${text}`, subject)).toBe('this-effect');
});

test.each([
  ['another effect', { effect: randomUUID() }],
  ['another kind', { kind: 'reply' }],
  ['another repository', { repositoryId: 8 }],
  ['another issue', { issue: 13 }],
])('a marker that was made for %s does not count', (_, other) => {
  expect(markerIn(key, marker(key, { ...subject, ...other }), subject)).not.toBe('this-effect');
});

test('nobody makes a marker without the key', () => {
  expect(markerIn(key, marker(other, subject), subject)).not.toBe('this-effect');
  const made = marker(key, subject);
  const changed = made.replace(/.(?= -->)/, (digit) => (digit === '0' ? '1' : '0'));
  expect(markerIn(key, changed, subject)).not.toBe('this-effect');
  expect(markerIn(key, made.slice(0, -10), subject)).not.toBe('this-effect');
  expect(markerIn(key, '', subject)).not.toBe('this-effect');
});

test('a key has an id that tells it from others, and neither shows the secret', () => {
  expect(markerKeyFrom('a secret of the town')).toEqual(key);
  expect(key.id).not.toBe(other.id);
  expect(Buffer.from(key.bytes).toString('utf8')).not.toContain('secret');
  expect(marker(key, subject)).toContain(` ${key.id} `);
});

test('a marker of this effect under another key is known as such, and is not believed', () => {
  expect(markerIn(key, marker(other, subject), subject)).toBe('other-key');
  expect(markerIn(key, marker(other, { ...subject, effect: randomUUID() }), subject)).toBe('none');
  expect(markerIn(key, `${marker(other, subject)} ${marker(key, subject)}`, subject)).toBe('this-effect');
});
