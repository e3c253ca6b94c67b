import { contextTokens } from './context-tokens.ts';
import { conversation } from './conversation.ts';
import { ModelFailed, type ModelRequest } from './ports/model.ts';
import { requestReply, type WatchedReply } from './request-reply.ts';
import { budgetCall } from './session.ts';
import type { SessionRun } from './session-run.ts';
import { uniqueCallIds } from './unique-call-ids.ts';

export type Asked =
  | { readonly status: 'replied' }
  | { readonly status: 'over-budget'; readonly reason: string; readonly outcome: 'end' | 'wait' }
  /** None of the models could answer; the last one's failure. */
  | { readonly status: 'failed'; readonly failure: ModelFailed };

/** Asks for the next reply, of the first model that can give one, and appends it. */
export async function askModel(run: SessionRun, models: readonly string[]): Promise<Asked> {
  const messages = conversation(run.writer.state, run.spec);
  let failure: ModelFailed | null = null;
  for (const model of models) {
    if (failure) run.tell({ kind: 'falling-back', failed: failure.message, model });
    const verdict = await mayAsk(run, model, contextTokens(run));
    if (!verdict.allowed) return { status: 'over-budget', reason: verdict.reason, outcome: verdict.outcome };
    try {
      await record(
        run,
        model,
        await requestReply(run, { model, messages, tools: run.tools, ...bound(run, verdict) }),
      );
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

/** The shorter of what the role may write at once and what the budget pays for. */
function bound(
  run: SessionRun,
  verdict: { readonly maxOutputTokens?: number },
): Pick<ModelRequest, 'maxOutputTokens'> {
  const bounds = [run.spec.maxOutputTokens, verdict.maxOutputTokens].filter((one) => one !== undefined);
  return bounds.length === 0 ? {} : { maxOutputTokens: Math.min(...bounds) };
}

async function record(run: SessionRun, model: string, reply: WatchedReply): Promise<void> {
  const { turns } = run.writer.state;
  const turn = turns.length + 1;
  const used = new Set(turns.flatMap((earlier) => earlier.reply.toolCalls.map((call) => call.id)));
  const toolCalls = uniqueCallIds(reply.toolCalls, used, turn);
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

/** The id under which a session that may not ask waits for more budget. */
export const budgetCallId = (turn: number): string => `${budgetCall}-${turn}`;
