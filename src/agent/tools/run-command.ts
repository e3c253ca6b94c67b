import { z } from 'zod';
import { maxAnswerLength } from '../cap-text.ts';
import type { Captured, ExecResult, Workspace } from '../ports/workspace.ts';
import { answer, failure, type ToolContext, type ToolOutcome } from '../tool.ts';

export const timeoutSeconds = z.int().min(1).max(900).default(120);

/** Bytes kept of each of the two streams, so that both together fit an answer. */
const maxOutputBytes = Math.floor(maxAnswerLength / 2) - 512;

/** Runs a command to its end and tells a model what came of it. */
export async function runCommand(
  workspace: Workspace,
  request: { readonly command: string; readonly stdin?: string; readonly timeoutSeconds: number },
  context: ToolContext,
): Promise<ToolOutcome> {
  const result = await workspace.exec(request.command, {
    timeoutMs: request.timeoutSeconds * 1000,
    maxOutputBytes,
    signal: context.signal,
    ...(request.stdin === undefined ? {} : { stdin: new TextEncoder().encode(request.stdin) }),
  });
  const text = render(result, request.timeoutSeconds);
  return result.exitCode === 0 && !result.timedOut ? answer(text) : failure(text);
}

function render(result: ExecResult, seconds: number): string {
  const stdout = shown(result.stdout);
  const stderr = shown(result.stderr);
  const parts = [
    stdout,
    stderr === '' ? '' : `[stderr]\n${stderr}`,
    result.timedOut ? `[timed out after ${seconds} s; all that it started was ended]` : '',
    result.timedOut || result.exitCode === 0 ? '' : `[exit code: ${result.exitCode ?? 'killed'}]`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '(no output)' : parts.join('\n');
}

function shown(captured: Captured): string {
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (captured.omittedBytes === 0) return decode(captured.head).trimEnd();
  const missing = captured.omittedBytes.toLocaleString('en');
  const where = captured.file === undefined ? '' : `; all of it: read_file ${captured.file}`;
  return `${decode(captured.head)}\n[… ${missing} bytes left out${where} …]\n${decode(captured.tail).trimEnd()}`;
}
