import type { RecordedEventOf } from '../../../domain/event.ts';
import type { EventType } from '../../../domain/event-types.ts';
import type { Told } from './story-line.ts';

/** A bead as people know it: its number, and its title where that is known. */
export type Named = (bead: number) => string;

/** How an event of each type is told; null for one that is not worth a word. */
export type Tellers = {
  readonly [T in EventType]?: (event: RecordedEventOf<T>, named: Named) => Told | readonly Told[] | null;
};

export const plain = (text: string): Told => ({ tone: 'plain', text });
export const quiet = (text: string): Told => ({ tone: 'quiet', text });
export const good = (text: string): Told => ({ tone: 'good', text });
export const bad = (text: string): Told => ({ tone: 'bad', text });
export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
