import type { Message, ToolDescription } from './ports/model.ts';

/** Four characters a token: near enough for English and code to decide whether something fits. */
export const estimateTokens = (characters: number): number => Math.ceil(characters / 4);

/** About how many tokens a request takes, from the bytes that it would send. */
export function estimateRequest(messages: readonly Message[], tools: readonly ToolDescription[]): number {
  return estimateTokens(JSON.stringify(messages).length + JSON.stringify(tools).length);
}
