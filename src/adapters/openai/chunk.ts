import { z } from 'zod';

const text = z.string().nullish();

const callPiece = z.object({
  /** Some endpoints leave it out, or say 0 for every call. */
  index: z.int().nullish(),
  id: text,
  function: z
    .object({
      name: text,
      /** Some endpoints send an object where the protocol says text. */
      arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    })
    .nullish(),
});
export type CallPiece = z.output<typeof callPiece>;

const tokenCount = z.int().nonnegative().nullish();

/** What is read of a stream's chunk; everything else that endpoints add is left alone. */
export const chunk = z.object({
  model: text,
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: text,
            refusal: text,
            /** Two spellings of the same thing, neither of them in OpenAI's own protocol. */
            reasoning_content: text,
            reasoning: text,
            tool_calls: z.array(callPiece).nullish(),
          })
          .nullish(),
        finish_reason: text,
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: tokenCount,
      completion_tokens: tokenCount,
      prompt_tokens_details: z.object({ cached_tokens: tokenCount }).nullish(),
    })
    .nullish(),
});
export type Chunk = z.output<typeof chunk>;
