import type { Fold, FoldedEvent } from '../domain/event.ts';
import type { EventData } from '../domain/event-types.ts';
import type { Usage } from '../domain/session/events.ts';

/** What came of one call: its result, or null while it waits suspended. */
export interface CallState {
  readonly callId: string;
  readonly name: string;
  readonly result: string | null;
  readonly failed: boolean;
  readonly suspended: boolean;
  /** What a suspended call waits for, as JSON. */
  readonly waitingFor: unknown;
}

/** One reply and what came of its calls. */
export interface Turn {
  /** Version of its `ModelReplied`. */
  readonly version: number;
  readonly reply: EventData['ModelReplied'];
  readonly calls: readonly CallState[];
  /** What was said from outside while it was asked for, or before: heard after it. */
  readonly nudges: readonly string[];
  /** What it was reminded of because it stopped too early. */
  readonly reminder: string | null;
}

/** A conversation as its events tell it. Plain data. */
export interface SessionState {
  readonly started: EventData['SessionStarted'] | null;
  readonly turns: readonly Turn[];
  /** What it waited for before its first reply: the money for it. */
  readonly opening: CallState | null;
  readonly compacted: {
    readonly turns: number;
    readonly summary: string;
    readonly usage: Usage;
    /** Version of its `ContextCompacted`. */
    readonly version: number;
  } | null;
  /** Whether nothing was asked since the last compaction. */
  readonly freshlyCompacted: boolean;
  /** Said from outside since the last reply. */
  readonly nudges: readonly string[];
  readonly ended: EventData['SessionEnded'] | null;
  /** What each model was asked to take in and gave out, compactions included. */
  readonly spent: readonly { readonly model: string; readonly usage: Usage }[];
  readonly workedMs: number;
  readonly lastEventId: string | null;
}

/** The calls that wait for somebody to resume them. */
export const waiting = (state: SessionState): readonly CallState[] => {
  const calls = state.turns.at(-1)?.calls ?? (state.opening ? [state.opening] : []);
  return calls.filter((call) => call.suspended && call.result === null);
};

export const sessionFold: Fold<SessionState> = {
  name: 'agent-session',
  version: 4,
  initial: () => ({
    started: null,
    turns: [],
    opening: null,
    compacted: null,
    freshlyCompacted: false,
    nudges: [],
    ended: null,
    spent: [],
    workedMs: 0,
    lastEventId: null,
  }),
  evolve: (state, event) => ({ ...evolve(state, event), lastEventId: event.id }),
};

function evolve(state: SessionState, event: FoldedEvent): SessionState {
  switch (event.type) {
    case 'SessionStarted':
      return { ...state, started: event.data };
    case 'ModelReplied': {
      const turn = {
        version: event.version,
        reply: event.data,
        calls: [],
        nudges: state.nudges,
        reminder: null,
      };
      return {
        ...state,
        nudges: [],
        turns: [...state.turns, turn],
        freshlyCompacted: false,
        spent: [...state.spent, { model: event.data.model, usage: event.data.usage }],
        workedMs: state.workedMs + event.data.latencyMs,
      };
    }
    case 'ToolFinished':
      return withCall(state, { ...event.data, suspended: false, waitingFor: null });
    case 'SessionSuspended':
      return withCall(state, { ...event.data, result: null, failed: false, suspended: true });
    case 'SessionResumed':
      return resumed(state, event.data);
    case 'ContextCompacted': {
      const turns = state.turns.filter((turn) => turn.version <= event.data.upTo).length;
      const model = state.turns.at(-1)?.reply.model ?? state.started?.model ?? '';
      return {
        ...state,
        compacted: { turns, summary: event.data.summary, usage: event.data.usage, version: event.version },
        freshlyCompacted: true,
        spent: [...state.spent, { model, usage: event.data.usage }],
      };
    }
    case 'SessionReminded':
      return withLast(state, (turn) => ({ ...turn, reminder: event.data.text }));
    case 'SessionNudged':
      return { ...state, nudges: [...state.nudges, event.data.text] };
    case 'SessionEnded':
      return { ...state, ended: event.data };
    default:
      return state;
  }
}

function withCall(state: SessionState, call: CallState): SessionState {
  if (state.turns.length === 0) return { ...state, opening: call };
  return withLast(state, (turn) => {
    const others = turn.calls.filter((known) => known.callId !== call.callId);
    return { ...turn, calls: [...others, call] };
  });
}

function withLast(state: SessionState, change: (turn: Turn) => Turn): SessionState {
  const last = state.turns.at(-1);
  return last ? { ...state, turns: [...state.turns.slice(0, -1), change(last)] } : state;
}

function resumed(state: SessionState, data: EventData['SessionResumed']): SessionState {
  const call = waiting(state).find((known) => known.callId === data.callId);
  return call ? withCall(state, { ...call, result: data.result, failed: data.failed }) : state;
}
