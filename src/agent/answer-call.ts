import { z } from 'zod';
import type { ToolCall } from '../domain/session/events.ts';
import { capText } from './cap-text.ts';
import { WorkspaceAway, WorkspaceLost } from './ports/workspace.ts';
import { failure, type Tool, type ToolContext, type ToolOutcome } from './tool.ts';

/** A call whose tool and arguments are right, ready to run; or what the model must be told to mend it. */
export type ReadCall =
  | {
      readonly status: 'ready';
      readonly tool: Tool;
      readonly runsLast: boolean;
      run(context: ToolContext): Promise<ToolOutcome>;
    }
  | { readonly status: 'wrong'; readonly outcome: ToolOutcome };

/** Finds a call's tool and parses its arguments. */
export function readCall(call: ToolCall, tools: readonly Tool[]): ReadCall {
  const tool = tools.find((known) => known.name === call.name);
  if (!tool) {
    const names = tools.map((known) => known.name).join(', ');
    return wrong(`There is no tool called ${call.name}. You have: ${names}.`);
  }
  let args: unknown;
  try {
    // Some models write nothing at all where a tool needs no arguments.
    args = JSON.parse(call.arguments.trim() === '' ? '{}' : call.arguments);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const written = capText(call.arguments, 400);
    return wrong(
      `The arguments of ${call.name} are not valid JSON: ${error.message}. You wrote: ${written}\nSend the call again with valid JSON.`,
    );
  }
  const parsed = tool.parameters.safeParse(args);
  if (!parsed.success) {
    return wrong(`The arguments of ${call.name} don't fit.\n${z.prettifyError(parsed.error)}`);
  }
  return {
    status: 'ready',
    tool,
    runsLast: tool.runsLast?.(parsed.data) ?? false,
    run: (context) => runTool(tool, parsed.data, context),
  };
}

const wrong = (text: string): ReadCall => ({ status: 'wrong', outcome: failure(text) });

/** Runs a tool to its outcome. Only a workspace that is lost or away and an abort get out: everything else the model can be told. */
async function runTool(tool: Tool, args: unknown, context: ToolContext): Promise<ToolOutcome> {
  try {
    return await untilAborted(tool.run(args, context), context.signal);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof WorkspaceLost || error instanceof WorkspaceAway) throw error;
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return failure(`${tool.name} failed by itself, not through your call. ${capText(why, 1_000)}`);
  }
}

/** A tool that doesn't heed the signal must not hold a session that is to stop. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
