import { z } from 'zod';

const call = z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) });

const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.string() }),
  z.object({ role: z.literal('user'), content: z.string() }),
  z.object({ role: z.literal('assistant'), content: z.string(), tool_calls: z.array(call).optional() }),
  z.object({ role: z.literal('tool'), content: z.string(), tool_call_id: z.string() }),
]);

/** The part of OpenAI's chat completion request that this server reads. */
export const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional(),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).optional(),
});
export type ChatRequest = z.output<typeof chatRequest>;

/**
 * The rule of the wire protocol that real endpoints hold: each tool call of an answer has its result before the next turn.
 * Null when it is kept, else what is wrong.
 */
export function brokenTurnOrder(request: ChatRequest): string | null {
  let open: string[] = [];
  for (const item of request.messages) {
    if (item.role === 'tool') {
      const at = open.indexOf(item.tool_call_id);
      if (at < 0) return `There is a result for the tool call ${item.tool_call_id}, which nobody made.`;
      open.splice(at, 1);
      continue;
    }
    if (open.length > 0) return `The tool call ${open[0]} has no result.`;
    if (item.role === 'assistant') open = (item.tool_calls ?? []).map((made) => made.id);
  }
  return open.length > 0 ? `The tool call ${open[0]} has no result.` : null;
}
