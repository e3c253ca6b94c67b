import { isCompactionRequest, turnsSummarised } from '../../agent/compaction-text.ts';
import { type RoleName, roleName } from '../../domain/session/events.ts';
import type { ChatRequest } from './chat-request.ts';
import type { HeardCall, Part, RehearsalScript, Step } from './script.ts';

export type FoundStep =
  | {
      readonly status: 'found';
      readonly role: RoleName;
      readonly about: string | null;
      readonly index: number;
      readonly step: Step;
    }
  | { readonly status: 'unknown-model' }
  | { readonly status: 'off-script'; readonly message: string };

/** Finds what the script says next, from the request alone: a server started anew goes on where the last one stopped. */
export function findStep(script: RehearsalScript, request: ChatRequest): FoundStep {
  const role = roleName.safeParse(/^(?:paid-)?rehearsal-(.*)$/.exec(request.model)?.[1]);
  if (!role.success) return { status: 'unknown-model' };
  const briefing = request.messages.find((message) => message.role === 'user')?.content ?? '';
  const part = findPart(script, role.data, briefing);
  const about = part?.about ?? null;
  if (isCompactionRequest(request.messages)) {
    const step = { say: 'What was done so far is done; the work goes on from here.' };
    return { status: 'found', role: role.data, about, index: -1, step };
  }
  if (!part) {
    return offScript(`The script has no part for the ${role.data} whose briefing begins: ${start(briefing)}`);
  }
  const said = request.messages.filter((message) => message.role === 'assistant').length;
  const index = said + turnsSummarised(briefing);
  const step = part.improvise?.(heardCalls(request)) ?? part.steps[index];
  const name = about === null ? role.data : `${role.data} "${about}"`;
  if (!step) {
    return offScript(
      `The part of the ${name} has ${part.steps.length} steps and was asked for step ${index + 1}.`,
    );
  }
  const heard = newest(request);
  if (step.expects && !step.expects.test(heard)) {
    return offScript(
      `Step ${index + 1} of the ${name} expects ${step.expects}, and what came was: ${start(heard)}`,
    );
  }
  return { status: 'found', role: role.data, about, index, step };
}

function findPart(script: RehearsalScript, role: RoleName, briefing: string): Part | undefined {
  return script.parts.find(
    (part) => part.role === role && (part.about === undefined || briefing.includes(part.about)),
  );
}

function heardCalls({ messages }: ChatRequest): HeardCall[] {
  const results = new Map(
    messages.flatMap((message) => (message.role === 'tool' ? [[message.tool_call_id, message.content]] : [])),
  );
  return messages.flatMap((message) => {
    if (message.role !== 'assistant') return [];
    return (message.tool_calls ?? []).map(({ id, function: { name, arguments: args } }) => ({
      name,
      arguments: args,
      result: results.get(id) ?? '',
    }));
  });
}

function newest(request: ChatRequest): string {
  const last = request.messages.findLastIndex((message) => message.role === 'assistant');
  return request.messages
    .slice(last + 1)
    .filter((message) => message.role !== 'system')
    .map((message) => message.content)
    .join('\n');
}

const offScript = (message: string): FoundStep => ({ status: 'off-script', message });
const start = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}…` : text);
