import type { SessionOutcome, ToolCall } from '../domain/session/events.ts';
import { noProgressLimit, turnsWithoutProgress } from './no-progress.ts';
import { budgetCall, overseerCall, type SessionSpec } from './session.ts';
import { type CallState, type SessionState, type Turn, waiting } from './session-state.ts';

/** What a session does next. A pure function of its events, so that a process started anew does what the last one would have. */
export type NextStep =
  | { readonly do: 'nothing-more' }
  | { readonly do: 'wait'; readonly call: CallState }
  | { readonly do: 'call-tools'; readonly calls: readonly ToolCall[] }
  | { readonly do: 'wait-for-person' }
  /** The model stopped; with `mayRemind` it has not been reminded since it last did anything. */
  | { readonly do: 'conclude'; readonly text: string; readonly mayRemind: boolean }
  | { readonly do: 'end'; readonly outcome: SessionOutcome; readonly text: string; readonly detail: string }
  | { readonly do: 'ask'; readonly models: readonly string[] };

/** After so many answers in a row that are empty or cut off a session is ended. */
const uselessLimit = 3;

export function nextStep(state: SessionState, spec: SessionSpec): NextStep {
  if (state.ended) return { do: 'nothing-more' };
  const turn = state.turns.at(-1);
  const suspended = waiting(state)[0];
  if (!turn) return suspended ? { do: 'wait', call: suspended } : { do: 'ask', models: spec.models };
  const done = new Set(turn.calls.map((call) => call.callId));
  const open = turn.reply.toolCalls.filter((call) => !done.has(call.id));
  if (open.length > 0) return { do: 'call-tools', calls: open };
  if (suspended) return { do: 'wait', call: suspended };
  return (
    refused(state.turns, spec) ?? broken(state.turns) ?? concluded(state.turns, spec) ?? ask(state, spec)
  );
}

/** A model that declined is not asked the same again: the next of the role's models is, while there is one. */
function refused(turns: readonly Turn[], spec: SessionSpec): NextStep | null {
  if (turns.at(-1)?.reply.finish !== 'refusal') return null;
  const declined = new Set(trailing(turns, (turn) => turn.reply.finish === 'refusal').map(modelOf));
  const others = spec.models.filter((model) => !declined.has(model));
  if (others.length > 0) return { do: 'ask', models: others };
  const text = turns.at(-1)?.reply.text ?? '';
  return { do: 'end', outcome: 'refused', text, detail: `${[...declined].join(', ')} declined to answer.` };
}

/** Answers that lead nowhere: cut off, empty, or the same over and over. */
function broken(turns: readonly Turn[]): NextStep | null {
  if (trailing(turns, (turn) => turn.reply.finish === 'repetition').length >= 2) {
    const detail = 'The model said the same thing over and over, twice in a row.';
    return { do: 'end', outcome: 'repetition', text: '', detail };
  }
  const useless = trailing(turns, isUseless).length;
  if (useless >= uselessLimit) {
    const detail = `${useless} answers in a row were empty or cut off.`;
    return { do: 'end', outcome: 'no-progress', text: '', detail };
  }
  const repeats = turnsWithoutProgress(turns);
  if (repeats < noProgressLimit) return null;
  const calls = turns.at(-1)?.reply.toolCalls.map((call) => call.name) ?? [];
  const detail = `${repeats} turns in a row repeated earlier calls with the same results, ${calls.join(', ')} last.`;
  return { do: 'end', outcome: 'no-progress', text: '', detail };
}

/** An answer without a tool call concludes the session, or hands the word to the person that it talks with. */
function concluded(turns: readonly Turn[], spec: SessionSpec): NextStep | null {
  const turn = turns.at(-1);
  if (!turn || turn.reply.toolCalls.length > 0 || isUseless(turn)) return null;
  if (turn.calls.some((call) => call.name === overseerCall || call.name === budgetCall)) return null;
  if (turn.reply.finish === 'repetition' || turn.nudges.length > 0 || turn.reminder) return null;
  if (spec.interactive) return { do: 'wait-for-person' };
  const talk = trailing(turns, (one) => one.reply.toolCalls.length === 0 && !isUseless(one));
  return {
    do: 'conclude',
    text: turn.reply.text,
    mayRemind: talk.every((one) => one.reminder === null),
  };
}

function ask(state: SessionState, spec: SessionSpec): NextStep {
  const turns = spec.interactive ? turnsSinceWords(state.turns) : state.turns.length;
  if (turns >= spec.maxIterations) {
    const detail = `It took ${turns} turns, which is as many as its role may.`;
    return { do: 'end', outcome: 'max-iterations', text: lastText(state.turns), detail };
  }
  // Whoever answered last goes on: a first choice that failed is not waited for again at each turn.
  const last = state.turns.at(-1)?.reply.model ?? '';
  const at = Math.max(0, spec.models.indexOf(last));
  return { do: 'ask', models: [...spec.models.slice(at), ...spec.models.slice(0, at)] };
}

const modelOf = (turn: Turn): string => turn.reply.model;

const isUseless = ({ reply }: Turn): boolean =>
  reply.toolCalls.length === 0 &&
  (reply.finish === 'length' || (reply.finish === 'stop' && reply.text.trim() === ''));

const lastText = (turns: readonly Turn[]): string =>
  turns.findLast((turn) => turn.reply.text.trim() !== '')?.reply.text ?? '';

function turnsSinceWords(turns: readonly Turn[]): number {
  const last = turns.findLastIndex((turn) => turn.calls.some((call) => call.name === overseerCall));
  return turns.length - 1 - last;
}

/** The unbroken run of turns at the end that all fit. */
function trailing(turns: readonly Turn[], fits: (turn: Turn) => boolean): readonly Turn[] {
  const last = turns.findLastIndex((turn) => !fits(turn));
  return turns.slice(last + 1);
}
