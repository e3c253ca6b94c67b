import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';

/** Every convoy of a rig, ended ones too, in the order they began. */
export function convoysOf(
  town: Town,
  repositoryId: number,
): readonly { readonly stream: StreamId; readonly convoy: Convoy }[] {
  return town.ledger.streams(`convoy/${repositoryId}/`).flatMap((stream) => {
    const { state } = town.ledger.load(stream, convoyFold);
    return state === null ? [] : { stream, convoy: state };
  });
}
