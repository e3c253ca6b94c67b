import type { RecordedEvent } from '../../../domain/event.ts';
import { actorName } from './actor-name.ts';
import { BeadTitles } from './bead-titles.ts';
import { tellConvoy } from './convoy-story.ts';
import { tellSession } from './session-story.ts';
import type { StoryLine } from './story-line.ts';

/** Turns events, given in order, into what a person reads. */
export class Storyteller {
  readonly #titles = new BeadTitles();

  /** Takes an event in without a word. */
  recall(event: RecordedEvent): void {
    this.#titles.learn(event);
  }

  tell(event: RecordedEvent): readonly StoryLine[] {
    this.#titles.learn(event);
    const who = actorName(event.actor);
    const told = event.stream.startsWith('session/') ? tellSession(event) : tellConvoy(event, this.#titles);
    return told.map((line) => ({ who, ...line }));
  }
}
