import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy, ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, StreamId } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { DecideRequest, DecideResult } from '../../ledger/ports/ledger.ts';
import type { Town } from '../town.ts';

/** A convoy as one session works on it: every decision is recorded under the session's name. */
export interface ConvoyDesk {
  readonly stream: StreamId;
  readonly actor: string;
  convoy(): Convoy;
  decide(
    decide: (state: ConvoyState) => Decision<Refusal>,
    options?: Pick<DecideRequest<ConvoyState, Refusal>, 'soon'>,
  ): Promise<DecideResult<ConvoyState, Refusal>>;
}

export function convoyDesk(
  town: Town,
  stream: StreamId,
  who: { actor: string; session: string },
): ConvoyDesk {
  return {
    stream,
    actor: who.actor,
    convoy: () => {
      const { state } = town.ledger.load(stream, convoyFold);
      if (state === null) throw new Error(`${stream} has no convoy.`);
      return state;
    },
    decide: (decide, options = {}) =>
      town.ledger.decide({
        stream,
        fold: convoyFold,
        actor: who.actor,
        cause: `session/${who.session}`,
        decide,
        ...options,
      }),
  };
}
