import { z } from 'zod';
import type { Workspace } from '../ports/workspace.ts';
import { defineTool, type Tool } from '../tool.ts';
import { runCommand, timeoutSeconds } from './run-command.ts';

const parameters = z.object({ command: z.string().min(1), timeout_seconds: timeoutSeconds });

/** Runs a shell command at the workspace's root. */
export function shellTool(workspace: Workspace): Tool {
  return defineTool({
    name: 'shell',
    description: 'Run a command with sh at the root of the workspace. What it leaves running is ended.',
    parameters,
    run: ({ command, timeout_seconds }, context) =>
      runCommand(workspace, { command, timeoutSeconds: timeout_seconds }, context),
  });
}
