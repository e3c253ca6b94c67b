import type { ChatRequest } from './chat-request.ts';
import type { Fault } from './fault.ts';
import type { Step } from './script.ts';

/** One reply before it is put on the wire, whole or in pieces. */
export interface Completion {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly refusal: string | null;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly finish: 'stop' | 'tool_calls';
  readonly usage: { readonly input: number; readonly output: number };
}

/** Composes a step's reply. Call ids depend on the step alone, so that asking again gives the same reply. */
export function compose(request: ChatRequest, step: Step, index: number, fault: Fault | null): Completion {
  const refusal = fault?.kind === 'refusal' ? fault.text : null;
  const calls = (refusal === null ? (step.calls ?? []) : []).map((call, at) => ({
    id: `call_${index + 1}_${at + 1}`,
    name: call.name,
    arguments: damaged(JSON.stringify(call.arguments), at === 0 && fault?.kind === 'malformed-arguments'),
  }));
  const text = refusal === null ? (step.say ?? '') : '';
  const written = text.length + JSON.stringify(calls).length + (refusal?.length ?? 0);
  return {
    id: `chatcmpl-rehearsal-${index + 1}`,
    model: request.model,
    text,
    refusal,
    calls,
    finish: calls.length > 0 ? 'tool_calls' : 'stop',
    usage: {
      input: tokens(JSON.stringify(request.messages).length + JSON.stringify(request.tools ?? []).length),
      output: tokens(written),
    },
  };
}

/** The usual estimate where nobody counts: four bytes a token. */
export const tokens = (bytes: number): number => Math.ceil(bytes / 4);

const damaged = (json: string, broken: boolean): string => (broken ? json.slice(0, -1) : json);

const usage = (of: Completion) => ({
  prompt_tokens: of.usage.input,
  completion_tokens: of.usage.output,
  total_tokens: of.usage.input + of.usage.output,
  prompt_tokens_details: { cached_tokens: 0 },
});

const functionCall = (call: Completion['calls'][number]) => ({
  id: call.id,
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
});

/** The reply as one body, as an endpoint gives it without `stream`. */
export function wholeBody(of: Completion, withUsage: boolean): object {
  const calls = of.calls.length > 0 ? { tool_calls: of.calls.map(functionCall) } : {};
  const message = { role: 'assistant', content: of.text, refusal: of.refusal, ...calls };
  return {
    id: of.id,
    object: 'chat.completion',
    created: 0,
    model: of.model,
    choices: [{ index: 0, message, finish_reason: of.finish, logprobs: null }],
    ...(withUsage ? { usage: usage(of) } : {}),
  };
}

/** The reply as the chunks of a stream: text and arguments in pieces of a few characters, calls interleaved by index. */
export function* chunks(of: Completion, withUsage: boolean): Generator<object> {
  const base = { id: of.id, object: 'chat.completion.chunk', created: 0, model: of.model };
  const delta = (content: object, finish: string | null = null) => ({
    ...base,
    choices: [{ index: 0, delta: content, finish_reason: finish, logprobs: null }],
    ...(withUsage ? { usage: null } : {}),
  });
  yield delta({ role: 'assistant', content: '' });
  for (const piece of pieces(of.text, 24)) yield delta({ content: piece });
  for (const piece of pieces(of.refusal ?? '', 24)) yield delta({ refusal: piece });
  for (const [index, call] of of.calls.entries()) {
    const { id, type, function: named } = functionCall({ ...call, arguments: '' });
    yield delta({ tool_calls: [{ index, id, type, function: named }] });
    for (const piece of pieces(call.arguments, 40)) {
      yield delta({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  yield delta({}, of.finish);
  if (withUsage) yield { ...base, choices: [], usage: usage(of) };
}

function* pieces(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
