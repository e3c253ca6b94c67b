import { expect, it } from 'vitest';
import { anchorMarker, newestAnchor } from './anchor-marker.ts';
import { markerKeyFrom } from './marker.ts';

const key = markerKeyFrom('a key');
const older = { oid: 'a'.repeat(40), version: 3, hash: 'b'.repeat(32) };
const newer = { oid: 'c'.repeat(40), version: 12, hash: 'd'.repeat(32) };

it('gives the newest head that was signed for this stream, and believes nothing else', () => {
  const texts = [
    anchorMarker(key, 'convoy/1/2', older),
    `text\n${anchorMarker(key, 'convoy/1/2', newer)}\nmore`,
  ];
  expect(newestAnchor(key, 'convoy/1/2', texts)).toEqual(newer);
  expect(newestAnchor(key, 'convoy/1/3', texts)).toBeNull();
  expect(newestAnchor(markerKeyFrom('another key'), 'convoy/1/2', texts)).toBeNull();
  const raised = texts.map((text) => text.replace(` ${newer.version} `, ' 99 '));
  expect(newestAnchor(key, 'convoy/1/2', raised)).toEqual(older);
});
