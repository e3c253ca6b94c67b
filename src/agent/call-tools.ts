import type { NewEventOf } from '../domain/event.ts';
import type { ToolCall } from '../domain/session/events.ts';
import { type ReadCall, readCall } from './answer-call.ts';
import { capText } from './cap-text.ts';
import type { SessionRun } from './session-run.ts';
import { failure, type ToolOutcome } from './tool.ts';

const interruptedText =
  'Interrupted: the process that ran this call ended before it could answer. It may have taken effect or not: look before you do it again.';

interface Concluding {
  readonly call: ToolCall;
  readonly outcome: Exclude<ToolOutcome, { kind: 'answer' }>;
}

/**
 * Runs calls of one reply at the same time, those that conclude after the others. Each answer is an event as soon as it is
 * there; what suspends or ends the session is written last, once all the others have answered. `fresh` is false where an
 * earlier process may have begun to run them.
 */
export async function callTools(run: SessionRun, calls: readonly ToolCall[], fresh: boolean): Promise<void> {
  const read = calls.map((call) => ({ call, read: readCall(call, run.spec.tools) }));
  const last = (one: { read: ReadCall }) => one.read.status === 'ready' && one.read.runsLast;
  const concluding: Concluding[] = [];
  for (const group of [read.filter((one) => !last(one)), read.filter(last)]) {
    const settled = await Promise.allSettled(
      group.map(async (one) => {
        const outcome = await answerOf(run, one.call, one.read, fresh);
        if (outcome.kind === 'answer') await record(run, one.call, outcome.text, outcome.failed === true);
        else concluding.push({ call: one.call, outcome });
      }),
    );
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
  await conclude(run, concluding);
}

async function answerOf(
  run: SessionRun,
  call: ToolCall,
  read: ReadCall,
  fresh: boolean,
): Promise<ToolOutcome> {
  if (read.status === 'wrong') return read.outcome;
  if (!fresh && !read.tool.repeatable) return failure(interruptedText);
  run.tell({ kind: 'tool-started', callId: call.id, name: call.name, arguments: call.arguments });
  return read.run({ session: run.spec.id, callId: call.id, signal: run.signal });
}

async function record(run: SessionRun, call: ToolCall, text: string, failed: boolean): Promise<void> {
  const result = capText(text);
  await run.writer.append({
    type: 'ToolFinished',
    data: { callId: call.id, name: call.name, result, failed },
  });
  run.tell({ kind: 'tool-finished', callId: call.id, name: call.name, result, failed });
}

async function conclude(run: SessionRun, concluding: readonly Concluding[]): Promise<void> {
  const ends = concluding.flatMap(({ call, outcome }) =>
    outcome.kind === 'end' ? [{ call, text: outcome.text }] : [],
  );
  const suspends = concluding.flatMap(({ call, outcome }): NewEventOf<'SessionSuspended'>[] =>
    outcome.kind === 'suspend'
      ? [
          {
            type: 'SessionSuspended',
            data: { callId: call.id, name: call.name, waitingFor: asJson(outcome.waitingFor) },
          },
        ]
      : [],
  );
  const end = ends.at(-1);
  if (!end) {
    if (suspends.length > 0) await run.writer.append(...suspends);
    for (const { data } of suspends) run.tell({ kind: 'suspended', name: data.name });
    return;
  }
  await run.writer.append(
    ...ends.map(
      ({ call, text }): NewEventOf<'ToolFinished'> => ({
        type: 'ToolFinished',
        data: { callId: call.id, name: call.name, result: capText(text), failed: false },
      }),
    ),
    { type: 'SessionEnded', data: { outcome: 'done', text: end.text, detail: '' } },
  );
  run.tell({ kind: 'ended', outcome: 'done', detail: '' });
}

type Json = NewEventOf<'SessionSuspended'>['data']['waitingFor'];

/** What is stored is JSON; a tool that gives anything else is told by this at once, not when it is read again. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));
