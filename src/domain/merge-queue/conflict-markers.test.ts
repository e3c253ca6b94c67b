import { expect, test } from 'vitest';
import { leftMarkers } from './conflict-markers.ts';

test('markers of the merge are found, a heading underline is none', () => {
  const result = 'a\n<<<<<<< 1234\nb\n||||||| 5678\n=======\nc\n>>>>>>> 9abc\n';
  expect(leftMarkers(result, ['a\nb', 'a\nc'])).toEqual(['<<<<<<< 1234', '||||||| 5678', '>>>>>>> 9abc']);
  expect(leftMarkers('Title\n=======\n', [''])).toEqual([]);
});

test('markers that a side shows as its own text are left alone', () => {
  expect(leftMarkers('<<<<<<< ours\n', ['how a conflict looks:\n<<<<<<< ours\n'])).toEqual([]);
});
