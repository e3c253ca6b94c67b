import type { RecordedEvent } from '../../../domain/event.ts';

/** Learns from the events, in order, what each bead is called. */
export class BeadTitles {
  readonly #titles = new Map<string, string>();

  learn(event: RecordedEvent): void {
    if (event.type === 'BeadCreated' || event.type === 'BeadEdited') {
      this.#titles.set(key(event.stream, event.data.bead), event.data.title);
    }
  }

  /** Empty for a bead whose creation was not seen. */
  of(convoy: string, bead: number): string {
    return this.#titles.get(key(convoy, bead)) ?? '';
  }
}

const key = (convoy: string, bead: number): string => `${convoy}#${bead}`;
