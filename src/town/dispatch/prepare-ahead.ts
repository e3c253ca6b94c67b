import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';
import { startRequest } from './start-sandbox.ts';

/**
 * Makes the snapshot of a convoy's base while the Mayor still plans, and has containers wait on it, so that the first beads
 * find them ready, or join their making. Never rejects: what is wrong with the set-up or the engine is told to whoever needs
 * a container first.
 */
export async function prepareAhead(town: Town, stream: StreamId): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  const isLate = state === null || [...state.beads.values()].some((bead) => bead.slung);
  // Where beads are worked on runners of their own, each makes its own.
  if (isLate || state.engineLost || town.runs !== undefined) return;
  try {
    const request = await startRequest(town, state, state.opened.base.commit, { purpose: 'warm' });
    await town.sandboxes.prepare(request);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    town.onProgress({ kind: 'setup', convoy: stream, text: `${message}\n` });
  }
}
