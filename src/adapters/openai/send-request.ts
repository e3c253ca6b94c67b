import type OpenAI from 'openai';
import type { ModelCallOptions, ModelRequest } from '../../agent/ports/model.ts';
import { StreamBroken } from './model-failure.ts';
import { type ReadReply, readReply } from './read-reply.ts';
import type { ChatBody } from './request-body.ts';

/**
 * One request, one reply; nothing is tried again. Throws the package's errors, `StreamBroken` when nothing comes for
 * `stallMs`, and the signal's reason when it is aborted.
 */
export async function sendRequest(
  client: OpenAI,
  request: ModelRequest,
  body: ChatBody,
  options: ModelCallOptions,
  stallMs: number,
): Promise<ReadReply> {
  options.signal.throwIfAborted();
  const stall = new AbortController();
  const stalled = () =>
    stall.abort(new StreamBroken('stalled', `nothing came for ${Math.round(stallMs / 1000)} seconds`));
  const timer = setTimeout(stalled, stallMs);
  const signal = AbortSignal.any([options.signal, stall.signal]);
  const onChunk = () => void timer.refresh();
  try {
    const stream = await client.chat.completions.create(body, { signal });
    onChunk();
    return await readReply(request, stream, { ...options, onChunk });
  } catch (error) {
    // An aborted stream ends without an error in some of the package's paths and with various ones in others.
    if (signal.aborted) throw signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
