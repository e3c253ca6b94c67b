import { z } from 'zod';
import type { Workspace } from '../ports/workspace.ts';
import { defineTool, type Tool } from '../tool.ts';
import { runCommand, timeoutSeconds } from './run-command.ts';

const parameters = z.object({ code: z.string().min(1), timeout_seconds: timeoutSeconds });

/** Runs a piece of JavaScript as a module. */
export function runNodeTool(workspace: Workspace): Tool {
  return defineTool({
    name: 'run_node',
    description: 'Run JavaScript with Node.js, as an ES module.',
    parameters,
    run: ({ code, timeout_seconds }, context) =>
      runCommand(
        workspace,
        { command: 'node --input-type=module -', stdin: code, timeoutSeconds: timeout_seconds },
        context,
      ),
  });
}
