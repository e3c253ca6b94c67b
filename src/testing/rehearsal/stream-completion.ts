import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type Completion, chunks, tokens } from './completion.ts';
import type { Fault } from './fault.ts';

/** Sends a reply as server-sent events, and breaks or hangs where the fault says so. */
export async function streamed(
  completion: Completion,
  withUsage: boolean,
  fault: Fault | null,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  const breaks = fault?.kind === 'cut' || fault?.kind === 'hang' ? fault : null;
  let sent = 0;
  for (const chunk of chunks(completion, withUsage)) {
    if (breaks && sent >= breaks.afterChunks) return broken(breaks, response, stop);
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    sent += 1;
  }
  if (breaks) return broken(breaks, response, stop);
  response.end('data: [DONE]\n\n');
}

async function broken(
  fault: Extract<Fault, { kind: 'cut' | 'hang' }>,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  if (fault.kind === 'hang') {
    response.flushHeaders();
    if (!stop.aborted && !response.closed) await Promise.race([once(response, 'close'), once(stop, 'abort')]);
    return;
  }
  if (fault.clean) response.end();
  else response.write('', () => response.destroy());
}

/** The same text over and over, at the pace at which it is read, until the reader hangs up. Gives its tokens. */
export async function endlessly(
  completion: Completion,
  text: string,
  response: ServerResponse,
): Promise<number> {
  const chunk = {
    id: completion.id,
    object: 'chat.completion.chunk',
    created: 0,
    model: completion.model,
    choices: [{ index: 0, delta: { content: text }, finish_reason: null }],
  };
  const closed = once(response, 'close');
  let said = 0;
  while (!response.closed) {
    said += 1;
    if (!response.write(`data: ${JSON.stringify(chunk)}\n\n`)) {
      await Promise.race([once(response, 'drain'), closed]);
    }
  }
  return tokens(said * text.length);
}
