import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { carriesMarker, marker, markerIn, markerKeyFrom } from './marker.ts';

const key = markerKeyFrom('a secret of the town');
const other = markerKeyFrom('another secret');
const subject = { kind: 'status-comment', effect: randomUUID(), repositoryId: 7, issue: 12 };

test('a text is found again by the marker that it was given', () => {
  const text = `### At work\n\n${marker(key, subject)}`;
  expect(carriesMarker(key, text, subject)).toBe(true);
  expect(carriesMarker(key, `a\n${marker(key, { ...subject, issue: 13 })}\n${text}`, subject)).toBe(true);
});

test.each([
  ['another effect', { effect: randomUUID() }],
  ['another kind', { kind: 'reply' }],
  ['another repository', { repositoryId: 8 }],
  ['another issue', { issue: 13 }],
])('a marker that was made for %s does not count', (_, other) => {
  expect(carriesMarker(key, marker(key, { ...subject, ...other }), subject)).toBe(false);
});

test('nobody makes a marker without the key', () => {
  expect(carriesMarker(key, marker(other, subject), subject)).toBe(false);
  const made = marker(key, subject);
  const changed = made.replace(/.(?= -->)/, (digit) => (digit === '0' ? '1' : '0'));
  expect(carriesMarker(key, changed, subject)).toBe(false);
  expect(carriesMarker(key, made.slice(0, -10), subject)).toBe(false);
  expect(carriesMarker(key, '', subject)).toBe(false);
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
