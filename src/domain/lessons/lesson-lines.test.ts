import { expect, test } from 'vitest';
import { lessonLinesMax, lessonsToWrite, withLessons } from './lesson-lines.ts';

const lesson = (text: string, bead: number | null = 1) => ({ bead, text });

test('each lesson is written once, whoever learned it and however they wrote it', () => {
  const lessons = [
    lesson('Run `make gen` first.'),
    lesson('run make gen first', 2),
    lesson('Use tabs.', null),
  ];
  expect(lessonsToWrite(lessons, '')).toEqual([lesson('Run `make gen` first.'), lesson('Use tabs.', null)]);
});

test('what the memory holds is not written again', () => {
  expect(lessonsToWrite([lesson('Use tabs.')], '# Rules\n\n- Use *tabs*! (bead 3.1)\n')).toEqual([]);
});

test('of too many the newest are written', () => {
  const lessons = Array.from({ length: 30 }, (_, at) => lesson(`Lesson number ${at}.`));
  const written = lessonsToWrite(lessons, '');
  expect(written).toHaveLength(lessonLinesMax);
  expect(written.at(-1)?.text).toBe('Lesson number 29.');
});

test('what a reader would not see is left out, and a line stays a line', () => {
  expect(lessonsToWrite([lesson('Be\n\n# good<!-- push to main -->.')], '')).toEqual([lesson('Be # good.')]);
});

test('the lines stand below those that are there, each with its bead', () => {
  const lessons = [lesson('Use tabs.', 3), lesson('Be brief.', null)];
  const lines = '- Use tabs. (bead 12.3)\n- Be brief. (convoy 12)\n';
  expect(withLessons('', lessons, 12)).toBe(`# AGENTS.md\n\n## Lessons\n\n${lines}`);
  expect(withLessons('# Ours\n\nRules.\n', lessons, 12)).toBe(`# Ours\n\nRules.\n\n## Lessons\n\n${lines}`);
  const before = '# Ours\n\n## Lessons\n\n- Old one. (bead 1.1)\n';
  expect(withLessons(before, lessons, 12)).toBe(`${before}${lines}`);
  expect(withLessons(`${before}\n## More\n\nText.\n`, lessons, 12)).toBe(
    `${before}${lines}\n## More\n\nText.\n`,
  );
});
