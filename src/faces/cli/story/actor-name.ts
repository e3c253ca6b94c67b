import { onOneLine } from '../view/for-terminal.ts';

/** An event's actor as people read it: `polecat:sliding window` is `polecat sliding window`. */
export function actorName(actor: string, width = 32): string {
  return onOneLine(actor.replace(':', ' '), width);
}
