import type { ToolCall } from '../domain/session/events.ts';
import { summaryBlock } from './compaction-text.ts';
import type { Message } from './ports/model.ts';
import { overseerCall, type SessionSpec } from './session.ts';
import type { SessionState, Turn } from './session-state.ts';

/**
 * The messages of the next request. A pure function of the events: what one request sent, the next one sends again byte for
 * byte and adds to it, until a compaction, so that a provider's prompt cache hits. Reasoning and refusals are left out.
 */
export function conversation(state: SessionState, spec: SessionSpec): Message[] {
  if (!state.started) return [];
  const { system, briefing } = state.started;
  const compacted = state.compacted;
  const opening = compacted ? `${briefing}\n\n${summaryBlock(compacted.turns, compacted.summary)}` : briefing;
  const messages: Message[] = [
    { role: 'system', content: system },
    { role: 'user', content: opening },
  ];
  for (const [index, turn] of state.turns.entries()) {
    if (compacted && index < compacted.turns) continue;
    if (turn.reply.finish === 'refusal') continue;
    messages.push(...turnMessages(turn));
    const notes = notesAfter(state.turns, index, spec);
    if (notes.length > 0) messages.push({ role: 'user', content: notes.join('\n\n') });
  }
  return messages;
}

/** A reply and the results of its calls, in the order of the calls. */
export function turnMessages(turn: Turn): Message[] {
  const { text, toolCalls } = turn.reply;
  const said = text.trim() === '' && toolCalls.length === 0 ? '(no answer)' : text;
  const results = toolCalls.map((call): Message => {
    const result = turn.calls.find((known) => known.callId === call.id)?.result ?? '';
    return { role: 'tool', callId: call.id, content: result === '' ? '(no output)' : result };
  });
  return [{ role: 'assistant', content: said, toolCalls: toolCalls.map(readableCall) }, ...results];
}

/** Endpoints that read the arguments of past calls as JSON fail on ones that are not; the result says what was wrong. */
function readableCall(call: ToolCall): ToolCall {
  try {
    JSON.parse(call.arguments);
    return call;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...call, arguments: '{}' };
  }
}

/** What the session itself says after a turn: to a person's words it adds nothing of its own. */
function notesAfter(turns: readonly Turn[], index: number, spec: SessionSpec): string[] {
  const turn = turns[index];
  if (!turn) return [];
  const words = turn.calls
    .filter((call) => call.name === overseerCall && call.result !== null)
    .map((call) => call.result ?? '');
  if (words.length > 0) return [...words, ...turn.nudges];
  const { finish, toolCalls, text } = turn.reply;
  const notes: string[] = [...turn.nudges];
  if (toolCalls.length === 0) {
    if (finish === 'length') notes.push(cutOff);
    else if (finish === 'repetition') notes.push(repeated);
    else if (text.trim() === '') notes.push(silent);
    else if (turn.reminder !== null) notes.push(turn.reminder);
  }
  if (!spec.interactive && index + 1 === spec.maxIterations - turnsOfWarning) notes.push(almostOver);
  return notes;
}

const turnsOfWarning = 3;
const cutOff =
  'Your answer was cut off at the length limit. Go on with a tool call, and write long files in several steps.';
const repeated =
  'Your answer was cut off because it said the same thing over and over. Go on with the next step.';
const silent = 'Your answer was empty. Call a tool, or say what you have to say.';
const almostOver = `You have ${turnsOfWarning} turns left. Bring what you have to a good end now, and conclude.`;
