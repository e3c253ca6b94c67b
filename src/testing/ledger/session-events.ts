import type { NewEvent, StreamId } from '../../domain/event.ts';

export const sessionOne: StreamId = 'session/00000000-0000-7000-8000-000000000001';

/** A reply of a model that says a text. */
export function replied(turn: number, text: string): NewEvent {
  const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5, estimated: false };
  const said = { turn, model: 'model', text, reasoning: '', toolCalls: [], latencyMs: 1 };
  return { type: 'ModelReplied', data: { ...said, finish: 'stop', usage } };
}

export const ended: NewEvent = { type: 'SessionEnded', data: { outcome: 'done', text: 'ok', detail: '' } };

export function spent(usd: number): NewEvent {
  const who = { session: sessionOne.slice('session/'.length), role: 'polecat', model: 'model', bead: 1 };
  return { type: 'BudgetSpent', data: { ...who, inputTokens: 10, outputTokens: 5, usd } };
}
