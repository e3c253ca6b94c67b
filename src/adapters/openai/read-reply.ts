import type { ModelCallOptions, ModelReply, ModelRequest } from '../../agent/ports/model.ts';
import type { Usage } from '../../domain/session/events.ts';
import { CallAssembly } from './assemble-calls.ts';
import { type Chunk, chunk } from './chunk.ts';
import { StreamBroken } from './model-failure.ts';
import { type Split, ThinkingSplitter } from './split-thinking.ts';

/** A reply without the one fact that only its sender knows. */
export type ReadReply = Omit<ModelReply, 'latencyMs'>;

/**
 * Reads a stream of chunks to the reply's end. `onChunk` is called with each, before it is read. Throws `StreamBroken`
 * when the stream ends before the model said that it was finished.
 */
export async function readReply(
  request: ModelRequest,
  chunks: AsyncIterable<unknown>,
  options: Pick<ModelCallOptions, 'onText' | 'onReasoning'> & { readonly onChunk: () => void },
): Promise<ReadReply> {
  const reply = new ReplyInProgress(options);
  for await (const raw of chunks) {
    options.onChunk();
    reply.add(chunk.parse(raw));
  }
  return reply.finished(request);
}

class ReplyInProgress {
  readonly #options: Pick<ModelCallOptions, 'onText' | 'onReasoning'>;
  readonly #calls = new CallAssembly();
  readonly #thinking = new ThinkingSplitter();
  #text = '';
  #reasoning = '';
  #refusal = '';
  #model: string | null = null;
  #finish: string | null = null;
  #usage: Chunk['usage'] = null;

  constructor(options: Pick<ModelCallOptions, 'onText' | 'onReasoning'>) {
    this.#options = options;
  }

  add(part: Chunk): void {
    if (part.model) this.#model = part.model;
    if (part.usage) this.#usage = part.usage;
    const choice = part.choices?.[0];
    if (!choice) return;
    if (choice.finish_reason) this.#finish = choice.finish_reason;
    const delta = choice.delta;
    if (!delta) return;
    this.#keep({ text: '', reasoning: delta.reasoning_content ?? delta.reasoning ?? '' });
    if (delta.content) this.#keep(this.#thinking.push(delta.content));
    this.#refusal += delta.refusal ?? '';
    for (const piece of delta.tool_calls ?? []) this.#calls.add(piece);
  }

  finished(request: ModelRequest): ReadReply {
    if (this.#finish === null)
      throw new StreamBroken('cut', 'the stream broke off before the end of the reply');
    this.#keep(this.#thinking.end());
    const toolCalls = this.#calls.calls();
    if (toolCalls.some(({ name }) => name === '')) throw new SyntaxError('a tool call has no name.');
    const refused = this.#refusal !== '' || this.#finish === 'content_filter';
    return {
      model: this.#model ?? request.model,
      text: this.#refusal === '' ? this.#text : this.#refusal,
      reasoning: this.#reasoning,
      toolCalls: refused ? [] : toolCalls,
      finish: refused
        ? 'refusal'
        : this.#finish === 'length'
          ? 'length'
          : toolCalls.length > 0
            ? 'tool-calls'
            : 'stop',
      usage: this.#counted(request),
    };
  }

  #keep(split: Split): void {
    if (split.reasoning !== '') {
      this.#reasoning += split.reasoning;
      this.#options.onReasoning?.(split.reasoning);
    }
    if (split.text !== '') {
      this.#text += split.text;
      this.#options.onText?.(split.text);
    }
  }

  #counted(request: ModelRequest): Usage {
    const said = this.#usage;
    const written = this.#text.length + this.#reasoning.length + JSON.stringify(this.#calls.calls()).length;
    if (said?.prompt_tokens == null || said.completion_tokens == null) {
      return {
        inputTokens: estimateTokens(JSON.stringify([request.messages, request.tools]).length),
        cachedInputTokens: 0,
        outputTokens: estimateTokens(written),
        estimated: true,
      };
    }
    return {
      inputTokens: said.prompt_tokens,
      cachedInputTokens: said.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: said.completion_tokens,
      estimated: false,
    };
  }
}

/** Four characters a token: what English and code come to, near enough for an endpoint that doesn't count. */
const estimateTokens = (characters: number): number => Math.ceil(characters / 4);
