import { loseEngine, regainEngine } from '../../domain/convoy/decisions/lose-engine.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { liveConvoys } from '../live-convoys.ts';
import type { Town } from '../town.ts';

/**
 * Tells every convoy when the engine stops answering and when it answers again, until the signal: the ledger then says what
 * is waited for, the issue shows it, and what waited goes on at once.
 */
export async function followEngine(town: Town, signal: AbortSignal): Promise<void> {
  let telling = Promise.resolve();
  const tell = (decide: (state: ConvoyState) => Decision<Refusal>): void => {
    // One after the other, so that a loss is never told after the return that followed it.
    telling = telling.then(() => tellAll(town, decide));
  };
  await town.sandboxes.watch({
    signal,
    onLost: (reason) => tell((state) => loseEngine(state, reason.message)),
    onAnswers: () => tell(regainEngine),
  });
  await telling;
}

/** A convoy that knows it already, or has ended, refuses: that is fine. */
async function tellAll(town: Town, decide: (state: ConvoyState) => Decision<Refusal>): Promise<void> {
  for (const stream of liveConvoys(town.ledger)) {
    try {
      await town.ledger.decide({ stream, fold: convoyFold, actor: 'town', cause: 'engine', decide });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      town.onProgress({ kind: 'trouble', convoy: stream, step: 'engine', message, retryInMs: null });
    }
  }
}
