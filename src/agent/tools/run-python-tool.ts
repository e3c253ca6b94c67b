import { z } from 'zod';
import type { Workspace } from '../ports/workspace.ts';
import { defineTool, type Tool } from '../tool.ts';
import { runCommand, timeoutSeconds } from './run-command.ts';

const parameters = z.object({ code: z.string().min(1), timeout_seconds: timeoutSeconds });

/** Runs a piece of Python. */
export function runPythonTool(workspace: Workspace): Tool {
  return defineTool({
    name: 'run_python',
    description: 'Run Python 3 code.',
    parameters,
    run: ({ code, timeout_seconds }, context) =>
      runCommand(workspace, { command: 'python3 -', stdin: code, timeoutSeconds: timeout_seconds }, context),
  });
}
