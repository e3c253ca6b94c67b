import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

const lessonLengthMax = 300;

/** Keeps a lesson about the rig; the same lesson twice is kept once. */
export function learnLesson(
  state: ConvoyState,
  lesson: { readonly bead: number | null; readonly text: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const text = lesson.text.replaceAll(/\s+/g, ' ').trim();
  if (text === '') return refuse(refusal('lesson-empty', 'An empty lesson teaches nothing.'));
  if (text.length > lessonLengthMax) {
    return refuse(
      refusal('lesson-too-long', `A lesson is one sentence of at most ${lessonLengthMax} characters.`),
    );
  }
  if (open.value.lessons.some((known) => known.text === text)) return accept();
  return accept({ type: 'LessonLearned', data: { bead: lesson.bead, text } });
}
