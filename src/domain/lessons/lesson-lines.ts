import type { EventData } from '../event-types.ts';
import { stripHidden } from '../text/strip-hidden.ts';

type Lesson = EventData['LessonLearned'];

/** More would be read by nobody, and costs every later agent its context. */
export const lessonLinesMax = 20;

const heading = '## Lessons';

/** The lessons of a convoy that the rig's memory does not hold yet: each once, the newest where there are too many. */
export function lessonsToWrite(lessons: readonly Lesson[], memory: string): readonly Lesson[] {
  const known = plain(memory);
  const seen = new Set<string>();
  const fresh = lessons
    .map((lesson) => ({ ...lesson, text: oneLine(lesson.text) }))
    .filter(({ text }) => {
      const print = plain(text);
      if (print === '' || known.includes(print) || seen.has(print)) return false;
      seen.add(print);
      return true;
    });
  return fresh.slice(-lessonLinesMax);
}

/** The rig's memory with a line for each lesson, below those that are there. */
export function withLessons(memory: string, lessons: readonly Lesson[], issue: number): string {
  const lines = lessons.map((lesson) => lessonLine(lesson, issue));
  const text = memory.trimEnd();
  const at = text.split('\n').findLastIndex((line) => line.trim() === heading);
  if (at < 0) return [...(text === '' ? ['# AGENTS.md'] : [text]), '', heading, '', ...lines, ''].join('\n');
  const all = text.split('\n');
  const next = all.findIndex((line, index) => index > at && /^#{1,2} /.test(line));
  if (next < 0) return [...all, ...lines, ''].join('\n');
  const section = all.slice(0, next).join('\n').trimEnd();
  return [section, ...lines, '', ...all.slice(next), ''].join('\n');
}

/** One line of Markdown: what was learned, and by whom it can be looked up. */
export function lessonLine({ bead, text }: Lesson, issue: number): string {
  return `- ${text} (${bead === null ? `convoy ${issue}` : `bead ${issue}.${bead}`})`;
}

/** What a reader can't see is no lesson, and a line stays a line. */
const oneLine = (text: string): string => stripHidden(text).text.replaceAll(/\s+/g, ' ').trim();

/** Words alone: the same sentence written otherwise is the same. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
