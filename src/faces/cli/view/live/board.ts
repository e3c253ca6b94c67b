import type { Bead } from '../../../../domain/bead/bead.ts';
import { isWaitingToLand } from '../../../../domain/bead/derive.ts';
import { convoyFold } from '../../../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../../../domain/convoy/state.ts';
import type { RecordedEvent } from '../../../../domain/event.ts';
import type { Progress } from '../../../../town/town.ts';
import { actorName } from '../../story/actor-name.ts';
import { toolLine } from '../../story/tool-line.ts';
import { onOneLine } from '../for-terminal.ts';

/** An agent at work, as its line on the screen shows it. */
export interface AgentRow {
  readonly session: string;
  readonly name: string;
  readonly doing: string;
  /** What has been streamed of the reply that is being made. */
  readonly words: string;
  readonly tokens: number;
}

/** What the live part of the screen shows: the convoy that is being worked, and who does what right now. */
export interface Board {
  readonly convoy: ConvoyState;
  readonly agents: readonly AgentRow[];
  /** Tokens of every reply so far, also of sessions that have ended. */
  readonly tokens: number;
}

export const emptyBoard: Board = { convoy: null, agents: [], tokens: 0 };

export function boardAfterEvent(board: Board, event: RecordedEvent): Board {
  if (event.stream.startsWith('convoy/')) {
    const opens = event.type === 'ConvoyOpened';
    if (!opens && board.convoy?.stream !== event.stream) return board;
    return { ...board, convoy: convoyFold.evolve(opens ? null : board.convoy, event) };
  }
  const session = event.stream.replace(/^session\//, '');
  switch (event.type) {
    case 'SessionStarted':
      return withAgent(board, {
        session,
        name: actorName(event.actor),
        doing: 'starts',
        words: '',
        tokens: 0,
      });
    case 'ModelReplied': {
      const used = event.data.usage.inputTokens + event.data.usage.outputTokens;
      const counted = { ...board, tokens: board.tokens + used };
      return changeAgent(counted, session, (agent) => ({ ...agent, tokens: agent.tokens + used }));
    }
    case 'SessionSuspended':
      return changeAgent(board, session, (agent) => ({ ...agent, doing: `waits (${event.data.name})` }));
    case 'SessionEnded':
      return { ...board, agents: board.agents.filter((agent) => agent.session !== session) };
    default:
      return board;
  }
}

export function boardAfterProgress(board: Board, progress: Progress): Board {
  if (!('session' in progress)) return board;
  const doing = doingNow(progress);
  if (doing === null) return board;
  const { session } = progress;
  const known = board.agents.find((agent) => agent.session === session);
  // A session that was resumed in a new process has its beginning in an older part of the ledger.
  const agent = known ?? { session, name: actorName(progress.actor), doing: '', words: '', tokens: 0 };
  return withAgent(board, { ...agent, ...doing(agent.words) });
}

type Doing = (words: string) => Pick<AgentRow, 'doing' | 'words'>;

/** The newest words, kept short: the whole reply is told above when it is complete. */
const wordsShown = 160;

function doingNow(progress: Extract<Progress, { session: string }>): Doing | null {
  const now = (doing: string): Doing => {
    return () => ({ doing, words: '' });
  };
  switch (progress.kind) {
    case 'asking':
      return now(`asks ${onOneLine(progress.model, 40)}`);
    case 'text':
      return (before) => {
        const words = (before + progress.piece).slice(-wordsShown);
        return { doing: onOneLine(words, wordsShown), words };
      };
    case 'reasoning':
      return now('thinks');
    case 'tool-started':
      return now(toolLine(progress.name, progress.arguments, 160));
    case 'retrying':
      return now(`asks again: ${onOneLine(progress.failed, 80)}`);
    default:
      return null;
  }
}

function withAgent(board: Board, agent: AgentRow): Board {
  const known = board.agents.some(({ session }) => session === agent.session);
  const agents = known
    ? board.agents.map((one) => (one.session === agent.session ? agent : one))
    : [...board.agents, agent];
  return { ...board, agents };
}

function changeAgent(board: Board, session: string, to: (agent: AgentRow) => AgentRow): Board {
  return { ...board, agents: board.agents.map((agent) => (agent.session === session ? to(agent) : agent)) };
}

/** Beads that wait for the Refinery, the first in its queue first. */
export function mergeQueue(beads: readonly Bead[]): readonly number[] {
  return beads.filter(isWaitingToLand).map(({ number }) => number);
}
