import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy, ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, StreamId } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { DecideResult } from '../../ledger/ports/ledger.ts';
import type { GitStore } from '../ports/git-store.ts';
import type { Town } from '../town.ts';

/** One convoy as the merge queue works on it: its stream, its rig's bare repository, and the town. */
export interface RefineryDesk {
  readonly town: Town;
  readonly stream: StreamId;
  readonly store: GitStore;
  readonly convoy: () => Convoy;
  readonly decide: (
    cause: string,
    decide: (state: ConvoyState) => Decision<Refusal>,
  ) => Promise<DecideResult<ConvoyState, Refusal>>;
}

export async function refineryDesk(town: Town, stream: StreamId): Promise<RefineryDesk> {
  const convoy = (): Convoy => {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null) throw new Error(`${stream} has no convoy.`);
    return state;
  };
  return {
    town,
    stream,
    store: await town.git.open(convoy().opened.repository.id),
    convoy,
    decide: (cause, decide) =>
      town.ledger.decide({ stream, fold: convoyFold, actor: 'refinery', cause, decide }),
  };
}
