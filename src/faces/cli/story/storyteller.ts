import type { RecordedEvent } from '../../../domain/event.ts';
import type { EventType } from '../../../domain/event-types.ts';
import { onOneLine } from '../view/for-terminal.ts';
import { actorName } from './actor-name.ts';
import { beadTellers } from './bead-tellers.ts';
import { BeadTitles } from './bead-titles.ts';
import { crewTellers } from './crew-tellers.ts';
import { landingTellers } from './landing-tellers.ts';
import { orderTellers } from './order-tellers.ts';
import { patrolTellers } from './patrol-tellers.ts';
import { peopleTellers } from './people-tellers.ts';
import { sessionTellers } from './session-tellers.ts';
import type { StoryLine, Told } from './story-line.ts';
import type { Named, Tellers } from './tellers.ts';

const tellers: Tellers = {
  ...orderTellers,
  ...beadTellers,
  ...landingTellers,
  ...crewTellers,
  ...patrolTellers,
  ...peopleTellers,
  ...sessionTellers,
};

/** Events of the town's own bookkeeping, and those that another event tells better. `gastown log --json` has them all. */
export const untold: ReadonlySet<EventType> = new Set<EventType>([
  'AllowanceGranted',
  'AllowanceReturned',
  'BaseTestsCounted',
  'BudgetFunded',
  'BudgetReserved',
  'BudgetReturned',
  'BudgetSpent',
  'ConvoyCleared',
  'CrewHoused',
  'CrewRested',
  'CrewStarted',
  'EffectConfirmed',
  'EffectIntended',
  'LeaseRenewed',
  'MayorStarted',
  'OrderRefusalAnswered',
  'SessionResumed',
  'SessionStarted',
  'WitnessStarted',
]);

/** Turns events, given in order, into what a person reads. */
export class Storyteller {
  readonly #titles = new BeadTitles();

  /** Takes an event in without a word. */
  recall(event: RecordedEvent): void {
    this.#titles.learn(event);
  }

  tell(event: RecordedEvent): readonly StoryLine[] {
    this.#titles.learn(event);
    const teller = tellers[event.type] as Teller | undefined;
    const told = teller?.(event, this.#named(event.stream)) ?? [];
    const who = actorName(event.actor);
    return [told].flat().map((line) => ({ who, ...line }));
  }

  #named(convoy: string): Named {
    return (bead) => {
      const title = onOneLine(this.#titles.of(convoy, bead), 80);
      return title === '' ? `bead ${bead}` : `bead ${bead} (${title})`;
    };
  }
}

/** The table pairs each type with the teller of that very type. */
type Teller = (event: RecordedEvent, named: Named) => Told | readonly Told[] | null;
