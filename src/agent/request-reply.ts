import { estimateRequest, estimateTokens } from './estimate-tokens.ts';
import type { ModelReply, ModelRequest } from './ports/model.ts';
import { RepetitionGuard } from './repetition-guard.ts';
import type { SessionRun } from './session-run.ts';

/** A reply that may have been cut off by ourselves. */
export interface WatchedReply extends Omit<ModelReply, 'finish'> {
  readonly finish: ModelReply['finish'] | 'repetition';
}

/** The reply says the same thing over and over. */
class Repeating extends Error {
  override readonly name = 'Repeating';
}

/** Gets one reply, shows it to those who watch, and hangs up on a model that repeats itself. */
export async function requestReply(run: SessionRun, request: ModelRequest): Promise<WatchedReply> {
  run.tell({ kind: 'asking', turn: run.writer.state.turns.length + 1, model: request.model });
  const cut = new AbortController();
  const guards = { text: new RepetitionGuard(), reasoning: new RepetitionGuard() };
  const began = run.deps.clock().getTime();
  const watch = (kind: 'text' | 'reasoning') => (piece: string) => {
    run.tell({ kind, piece });
    if (guards[kind].push(piece)) cut.abort(new Repeating());
  };
  try {
    return await run.deps.model.complete(request, {
      signal: AbortSignal.any([run.signal, cut.signal]),
      onText: watch('text'),
      onReasoning: watch('reasoning'),
      onRetry: ({ failed, delayMs }) => {
        guards.text.reset();
        guards.reasoning.reset();
        run.tell({ kind: 'retrying', failed: failed.message, delayMs });
      },
    });
  } catch (error) {
    if (!(error instanceof Repeating)) throw error;
    const [text, reasoning] = [guards.text.text, guards.reasoning.text];
    return {
      model: request.model,
      text,
      reasoning,
      toolCalls: [],
      finish: 'repetition',
      usage: {
        inputTokens: estimateRequest(request.messages, request.tools),
        cachedInputTokens: 0,
        outputTokens: estimateTokens(text.length + reasoning.length),
        estimated: true,
      },
      latencyMs: Math.max(0, run.deps.clock().getTime() - began),
    };
  }
}
