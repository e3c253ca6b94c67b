import type { Town } from '../town.ts';
import { type MarkerSubject, markerIn } from '../voice/marker.ts';

interface Writing {
  readonly id: number;
  readonly body: string;
  /** Written by the town's own identity. */
  readonly ours: boolean;
}

/** What the town wrote may stand there, sealed with a key that it doesn't have any more: it is not written again blindly. */
export class MarkerKeyChanged extends Error {
  override readonly name = 'MarkerKeyChanged';
  readonly effect: string;
  constructor(effect: string) {
    super(`The effect ${effect} may have been done under another marker key: look, and settle it by hand.`);
    this.effect = effect;
  }
}

/** All writings that an effect left, the first one first: more than one where a create was done twice. */
export function ownWritings<W extends Writing>(
  town: Town,
  list: readonly W[],
  subject: MarkerSubject,
): readonly W[] {
  return list
    .filter((one) => one.ours && markerIn(town.markerKey, one.body, subject) === 'this-effect')
    .toSorted((a, b) => a.id - b.id);
}

/** The writing that an effect left, or null. Only our author's words count, and only with this effect's own seal. */
export function findOwn<W extends Writing>(town: Town, list: readonly W[], subject: MarkerSubject): W | null {
  const [first] = ownWritings(town, list, subject);
  if (first !== undefined) return first;
  const doubtful = list.some(
    (one) => one.ours && markerIn(town.markerKey, one.body, subject) === 'other-key',
  );
  if (doubtful) throw new MarkerKeyChanged(subject.effect);
  return null;
}
