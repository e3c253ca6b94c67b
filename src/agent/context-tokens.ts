import { conversation } from './conversation.ts';
import { estimateRequest, estimateTokens } from './estimate-tokens.ts';
import type { SessionRun } from './session-run.ts';

/** About how many tokens the next request takes in: what the last one took, as it was counted, and what came since. */
export function contextTokens(run: SessionRun): number {
  const state = run.writer.state;
  const last = state.turns.at(-1);
  if (!last || state.freshlyCompacted || last.reply.usage.estimated) {
    return estimateRequest(conversation(state, run.spec), run.tools);
  }
  const { inputTokens, outputTokens } = last.reply.usage;
  const results = last.calls.reduce((sum, call) => sum + (call.result?.length ?? 0), 0);
  return inputTokens + outputTokens + estimateTokens(results);
}
