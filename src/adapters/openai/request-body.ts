import type OpenAI from 'openai';
import type { Message, ModelRequest } from '../../agent/ports/model.ts';

export type ChatBody = OpenAI.ChatCompletionCreateParamsStreaming;

/** Request fields that some endpoints don't know and refuse: a request does without them where it must. */
export type OptionalField = 'stream_options' | 'parallel_tool_calls' | 'max_tokens';

/** The request as it goes over the wire. Its bytes depend on the request and the fields left out alone. */
export function chatBody(request: ModelRequest, without: ReadonlySet<OptionalField>): ChatBody {
  const body: ChatBody = { model: request.model, messages: request.messages.map(wireMessage), stream: true };
  if (request.tools.length > 0) {
    body.tools = request.tools.map(({ name, description, parameters }) => ({
      type: 'function',
      function: { name, description, parameters },
    }));
    if (!without.has('parallel_tool_calls')) body.parallel_tool_calls = true;
  }
  if (!without.has('stream_options')) body.stream_options = { include_usage: true };
  if (request.maxOutputTokens !== undefined) {
    // Endpoints that refuse the older name are those that know the newer one.
    if (without.has('max_tokens')) body.max_completion_tokens = request.maxOutputTokens;
    else body.max_tokens = request.maxOutputTokens;
  }
  return body;
}

/** The optional fields that a request's body holds. */
export function optionalFields(body: ChatBody): OptionalField[] {
  const all: OptionalField[] = ['stream_options', 'parallel_tool_calls', 'max_tokens'];
  return all.filter((field) => body[field] !== undefined);
}

function wireMessage(message: Message): OpenAI.ChatCompletionMessageParam {
  if (message.role === 'tool') {
    return { role: 'tool', tool_call_id: message.callId, content: message.content };
  }
  if (message.role !== 'assistant') return { role: message.role, content: message.content };
  if (message.toolCalls.length === 0) return { role: 'assistant', content: message.content };
  return {
    role: 'assistant',
    content: message.content,
    tool_calls: message.toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}
