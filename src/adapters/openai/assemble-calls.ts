import type { ToolCall } from '../../domain/session/events.ts';
import type { CallPiece } from './chunk.ts';

interface CallInProgress {
  readonly index: number | null;
  id: string;
  name: string;
  arguments: string;
}

/** Puts tool calls together from the pieces in which a stream brings them, in the order in which they began. */
export class CallAssembly {
  readonly #calls: CallInProgress[] = [];

  add(piece: CallPiece): void {
    const call = this.#callOf(piece);
    if (piece.id) call.id = piece.id;
    const name = piece.function?.name;
    // Most endpoints send the name once; some repeat it whole with each piece of the arguments.
    if (name && name !== call.name) call.name += name;
    const args = piece.function?.arguments;
    if (args) call.arguments += typeof args === 'string' ? args : JSON.stringify(args);
  }

  calls(): ToolCall[] {
    return this.#calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args }));
  }

  #callOf(piece: CallPiece): CallInProgress {
    const index = piece.index ?? null;
    const last = this.#calls.at(-1);
    const known = index === null ? last : this.#calls.findLast((call) => call.index === index);
    // Endpoints that say index 0 for every call tell them apart by their ids alone.
    const another = known && piece.id && known.id && known.id !== piece.id;
    if (known && !another) return known;
    const begun: CallInProgress = { index, id: '', name: '', arguments: '' };
    this.#calls.push(begun);
    return begun;
  }
}
