import type { Fold, FoldedEvent } from '../event.ts';

/** What the Witness's rules need to know of a session. Plain data, small however long the session is. */
export interface SessionHealth {
  /** When it last did something of its own; what is said to it from outside doesn't count. Null: nothing yet. */
  readonly heardAt: string | null;
  /** It is suspended: its silence is no fault of its own. */
  readonly waits: boolean;
  readonly ended: boolean;
  /** How many turns in a row made only calls that were made before with the same results. */
  readonly repeats: number;
  readonly tokens: number;
  /** Calls of the newest turn that have no result yet, by id. */
  readonly open: Readonly<Record<string, string>>;
  /** Prints of the newest turn's calls, and of the turns before it. */
  readonly turn: readonly string[];
  readonly turns: readonly string[];
}

const turnsKept = 12;
const printLength = 200;

export const healthFold: Fold<SessionHealth> = {
  name: 'session-health',
  version: 1,
  initial: () => ({
    heardAt: null,
    waits: false,
    ended: false,
    repeats: 0,
    tokens: 0,
    open: {},
    turn: [],
    turns: [],
  }),
  evolve: (state, event) =>
    event.type === 'SessionNudged' ? state : { ...evolve(state, event), heardAt: event.at },
};

function evolve(state: SessionHealth, event: FoldedEvent): SessionHealth {
  switch (event.type) {
    case 'ModelReplied': {
      const { toolCalls, usage } = event.data;
      const open = Object.fromEntries(toolCalls.map((call) => [call.id, `${call.name} ${call.arguments}`]));
      const repeats = toolCalls.length === 0 ? 0 : state.repeats;
      return { ...spent(state, usage), open, turn: [], repeats };
    }
    case 'ContextCompacted':
      return spent(state, event.data.usage);
    case 'ToolFinished':
      return answered(state, event.data.callId, event.data.result);
    case 'SessionSuspended':
      return { ...state, waits: true, repeats: 0 };
    case 'SessionResumed':
      return { ...state, waits: false };
    case 'SessionEnded':
      return { ...state, ended: true };
    default:
      return state;
  }
}

function spent(state: SessionHealth, usage: { inputTokens: number; outputTokens: number }): SessionHealth {
  return { ...state, tokens: state.tokens + usage.inputTokens + usage.outputTokens };
}

function answered(state: SessionHealth, callId: string, result: string): SessionHealth {
  const { [callId]: call, ...open } = state.open;
  if (call === undefined) return state;
  const print = `${call.slice(0, printLength)}\n${result.length} ${result.slice(0, printLength)}`;
  const turn = [...state.turn, print];
  if (Object.keys(open).length > 0) return { ...state, open, turn };
  const whole = turn.toSorted().join('\n');
  const repeats = state.turns.includes(whole) ? state.repeats + 1 : 0;
  return { ...state, open, turn: [], turns: [...state.turns, whole].slice(-turnsKept), repeats };
}
