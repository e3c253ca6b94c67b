import type { ToolCall } from '../domain/session/events.ts';
import { conversation } from './conversation.ts';
import { estimateRequest, estimateTokens } from './estimate-tokens.ts';
import { type Message, ModelFailed, type ModelReply } from './ports/model.ts';
import { RepetitionGuard } from './repetition-guard.ts';
import { budgetCall } from './session.ts';
import type { SessionRun } from './session-run.ts';

export type Asked =
  | { readonly status: 'replied' }
  | { readonly status: 'over-budget'; readonly reason: string; readonly outcome: 'end' | 'wait' }
  /** None of the models could answer; the last one's failure. */
  | { readonly status: 'failed'; readonly failure: ModelFailed };

/** The reply was cut off by ourselves. */
class Repeating extends Error {
  override readonly name = 'Repeating';
}

/** Asks for the next reply, of the first model that can give one, and appends it. */
export async function askModel(run: SessionRun, models: readonly string[]): Promise<Asked> {
  const messages = conversation(run.writer.state, run.spec);
  let failure: ModelFailed | null = null;
  for (const model of models) {
    if (failure) run.tell({ kind: 'falling-back', failed: failure.message, model });
    const verdict = await mayAsk(run, model, estimateRequest(messages, run.tools));
    if (!verdict.allowed) return { status: 'over-budget', reason: verdict.reason, outcome: verdict.outcome };
    try {
      await record(run, model, await replyOf(run, model, messages));
      return { status: 'replied' };
    } catch (error) {
      if (!(error instanceof ModelFailed)) throw error;
      failure = error;
      if (error.kind === 'too-long') break;
    }
  }
  if (!failure) throw new Error(`The session ${run.spec.id} has no model to ask.`);
  return { status: 'failed', failure };
}

/** Asks the caps whether a request may be sent. */
export async function mayAsk(run: SessionRun, model: string, inputTokens: number) {
  const { id: session, role, convoy, bead } = run.spec;
  const facts = { session, role, convoy, bead, model, inputTokens, spent: run.writer.state.spent };
  return (await run.deps.budget?.beforeRequest(facts)) ?? ({ allowed: true } as const);
}

interface TimedReply extends Omit<ModelReply, 'finish'> {
  readonly finish: ModelReply['finish'] | 'repetition';
}

async function replyOf(run: SessionRun, model: string, messages: Message[]): Promise<TimedReply> {
  run.tell({ kind: 'asking', turn: run.writer.state.turns.length + 1, model });
  const cut = new AbortController();
  const text = new RepetitionGuard();
  const reasoning = new RepetitionGuard();
  const began = run.deps.clock().getTime();
  const watch = (guard: RepetitionGuard, kind: 'text' | 'reasoning') => (piece: string) => {
    run.tell({ kind, piece });
    if (guard.push(piece)) cut.abort(new Repeating());
  };
  const { maxOutputTokens } = run.spec;
  try {
    return await run.deps.model.complete(
      { model, messages, tools: run.tools, ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }) },
      {
        signal: AbortSignal.any([run.signal, cut.signal]),
        onText: watch(text, 'text'),
        onReasoning: watch(reasoning, 'reasoning'),
        onRetry: ({ failed, delayMs }) => {
          text.reset();
          reasoning.reset();
          run.tell({ kind: 'retrying', failed: failed.message, delayMs });
        },
      },
    );
  } catch (error) {
    if (!(error instanceof Repeating)) throw error;
    return {
      model,
      text: text.text,
      reasoning: reasoning.text,
      toolCalls: [],
      finish: 'repetition',
      usage: {
        inputTokens: estimateRequest(messages, run.tools),
        cachedInputTokens: 0,
        outputTokens: estimateTokens(text.text.length + reasoning.text.length),
        estimated: true,
      },
      latencyMs: Math.max(0, run.deps.clock().getTime() - began),
    };
  }
}

async function record(run: SessionRun, model: string, reply: TimedReply): Promise<void> {
  const { turns } = run.writer.state;
  const turn = turns.length + 1;
  const used = new Set(turns.flatMap((earlier) => earlier.reply.toolCalls.map((call) => call.id)));
  const toolCalls = withIdsOfTheirOwn(reply.toolCalls, used, turn);
  const { text, reasoning, finish, usage, latencyMs } = reply;
  await run.writer.append({
    type: 'ModelReplied',
    // By the name that it was asked under: prices and fallbacks go by it, and endpoints answer under others.
    data: { turn, model, text, reasoning, toolCalls, finish, usage, latencyMs },
  });
  run.tell({ kind: 'replied', turn, text, usage, latencyMs });
  await tellSpent(run);
}

/** Tells the budget of the last reply, and of a compaction that came after it. */
export async function tellSpent(run: SessionRun): Promise<void> {
  const { id: session, role, convoy, bead } = run.spec;
  const { turns, compacted, freshlyCompacted } = run.writer.state;
  const turn = turns.at(-1);
  if (!turn) return;
  const { model, usage } = turn.reply;
  const spender = { session, role, convoy, bead, model };
  await run.deps.budget?.afterReply({ ...spender, usage, what: 'reply', key: `${session}:${turn.version}` });
  if (!compacted || !freshlyCompacted) return;
  const key = `${session}:${compacted.version}`;
  await run.deps.budget?.afterReply({ ...spender, usage: compacted.usage, what: 'compaction', key });
}

/**
 * Results are matched with calls by id within a whole session, and some endpoints give none, or begin anew at each reply.
 * Nine letters and digits, because some endpoints take no other shape.
 */
function withIdsOfTheirOwn(calls: readonly ToolCall[], used: Set<string>, turn: number): ToolCall[] {
  return calls.map((call, index) => {
    const taken = call.id === '' || used.has(call.id);
    const id = taken ? `t${String(turn).padStart(4, '0')}c${String(index).padStart(3, '0')}` : call.id;
    used.add(id);
    return { ...call, id };
  });
}

/** The id under which a session that may not ask waits for more budget. */
export const budgetCallId = (turn: number): string => `${budgetCall}-${turn}`;
