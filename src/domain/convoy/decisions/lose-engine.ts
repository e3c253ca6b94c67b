import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** The engine that holds the convoy's containers stopped answering: what needs it waits. */
export function loseEngine(state: ConvoyState, reason: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.engineLost) return refuse(refusal('engine-lost', 'The engine is known to be away.'));
  return accept({ type: 'EngineLost', data: { reason } });
}

/** The engine answers again: what waited for it goes on. */
export function regainEngine(state: ConvoyState): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (!open.value.engineLost) return refuse(refusal('engine-answers', 'The engine is known to answer.'));
  return accept({ type: 'EngineReturned', data: {} });
}
