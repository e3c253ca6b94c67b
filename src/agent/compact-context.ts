import { mayAsk, tellSpent } from './ask-model.ts';
import { capText } from './cap-text.ts';
import { compactionInstruction, summaryBlock } from './compaction-text.ts';
import { turnMessages } from './conversation.ts';
import { estimateRequest, estimateTokens } from './estimate-tokens.ts';
import { type Message, ModelFailed } from './ports/model.ts';
import type { SessionRun } from './session-run.ts';
import type { SessionState, Turn } from './session-state.ts';

/** The part of a model's window that a conversation may fill before it is compacted. */
const fullAt = 0.75;
const defaultKeepTurns = 6;

export const isFull = (tokens: number, window: number): boolean => tokens > fullAt * window;

/**
 * Replaces all but the last turns of the conversation by a summary that the model writes, and appends that. False, and the
 * full history kept, when there is nothing to replace or no summary could be had.
 */
export async function compactContext(run: SessionRun, model: string, window: number): Promise<boolean> {
  const state = run.writer.state;
  const upTo = turnsToReplace(run, window);
  const firstKept = state.turns[upTo];
  if (upTo <= (state.compacted?.turns ?? 0) || !firstKept) return false;
  // The summary is asked for in one request that must itself fit: half of the window, at four characters a token.
  const transcript = capText(transcriptOf(state, upTo), window * 2);
  const messages: Message[] = [
    { role: 'system', content: compactionInstruction },
    { role: 'user', content: transcript },
  ];
  const verdict = await mayAsk(run, model, estimateRequest(messages, []));
  if (!verdict.allowed) return failed(run, verdict.reason);
  try {
    const reply = await run.deps.model.complete({ model, messages, tools: [] }, { signal: run.signal });
    if (reply.finish !== 'stop' || reply.text.trim() === '') {
      return failed(run, `the summary ended with "${reply.finish}" and ${reply.text.length} characters`);
    }
    const { usage } = reply;
    await run.writer.append({
      type: 'ContextCompacted',
      data: { upTo: firstKept.version - 1, summary: reply.text, usage },
    });
    await tellSpent(run);
    run.tell({ kind: 'compacted', turns: upTo });
    return true;
  } catch (error) {
    if (!(error instanceof ModelFailed)) throw error;
    return failed(run, error.message);
  }
}

function failed(run: SessionRun, reason: string): false {
  run.tell({ kind: 'compaction-failed', reason });
  return false;
}

/** How many turns from the start are replaced: fewer of the last ones are kept where those alone fill half of the window. */
function turnsToReplace(run: SessionRun, window: number): number {
  const { turns } = run.writer.state;
  let keep = Math.min(run.spec.keepTurns ?? defaultKeepTurns, turns.length - 1);
  while (keep > 1 && sizeOf(turns.slice(-keep)) > window / 2) keep -= 1;
  return turns.length - Math.max(1, keep);
}

const sizeOf = (turns: readonly Turn[]): number =>
  estimateTokens(JSON.stringify(turns.flatMap(turnMessages)).length);

/** What a result may take of the transcript: its beginning and end tell what a summary needs of it. */
const maxResultLength = 3_000;

function transcriptOf(state: SessionState, upTo: number): string {
  const parts = [`The agent was asked:\n${state.started?.briefing ?? ''}`];
  const from = state.compacted?.turns ?? 0;
  if (state.compacted) parts.push(summaryBlock(from, state.compacted.summary));
  for (const [index, turn] of state.turns.slice(from, upTo).entries()) {
    parts.push(`Turn ${from + index + 1}\n${turn.reply.text}`);
    for (const call of turn.reply.toolCalls) {
      const result = turn.calls.find((known) => known.callId === call.id)?.result ?? '';
      parts.push(
        `It called ${call.name} ${capText(call.arguments, maxResultLength)}\nand got:\n${capText(result, maxResultLength)}`,
      );
    }
    const words = turn.calls.filter((call) => !turn.reply.toolCalls.some((made) => made.id === call.callId));
    for (const call of words) parts.push(`Then came: ${call.result ?? ''}`);
  }
  return parts.join('\n\n');
}
