import { test } from 'vitest';
import { opened } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { learnLesson } from './learn-lesson.ts';

const lesson = { bead: 1, text: 'Run make before the tests.' };

test('a lesson is kept as one line', () => {
  givenConvoy(opened())
    .when((state) => learnLesson(state, { bead: 1, text: ' Run make\n before the tests. ' }))
    .thenEvents({ type: 'LessonLearned', data: lesson });
});

test('the same lesson is kept once, whoever learns it', () => {
  givenConvoy(opened(), { type: 'LessonLearned', data: lesson })
    .when((state) => learnLesson(state, { ...lesson, bead: 2 }))
    .thenNothing();
});

test('a lesson is a sentence', () => {
  givenConvoy(opened())
    .when((state) => learnLesson(state, { bead: 1, text: ' \n' }))
    .thenRefused('lesson-empty');
  givenConvoy(opened())
    .when((state) => learnLesson(state, { bead: 1, text: 'x'.repeat(301) }))
    .thenRefused('lesson-too-long');
});
