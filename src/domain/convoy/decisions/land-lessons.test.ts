import { expect, test } from 'vitest';
import {
  base,
  commit,
  created,
  landed,
  opened,
  slung,
  verification,
  verified,
  worked,
} from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { landLessons } from './land-lessons.ts';

const events = [opened(), created(1), slung(1), ...worked(1), verified([1]), landed(1)];
const landing = {
  verification: verification([], commit('e'), 0),
  onto: commit('c'),
  written: { commit: commit('e'), hash: 'abc', lessons: [{ bead: 1, text: 'Use tabs.' }] },
};

test('the head moves to the commit that holds the lessons, and what it holds is said in the same append', () => {
  givenConvoy(...events)
    .when((state) => landLessons(state, landing))
    .thenEvents(
      { type: 'IntegrationVerified', data: landing.verification },
      { type: 'LessonsWritten', data: landing.written },
    );
  const after = convoyAfter(
    ...events,
    { type: 'IntegrationVerified', data: landing.verification },
    { type: 'LessonsWritten', data: landing.written },
  );
  expect(after).toMatchObject({ head: commit('e'), lessonsWritten: [landing.written] });
});

test('lessons written onto another head are not landed', () => {
  givenConvoy(...events)
    .when((state) => landLessons(state, { ...landing, onto: base }))
    .thenRefused('head-moved');
});
