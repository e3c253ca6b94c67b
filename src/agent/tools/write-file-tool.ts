import { z } from 'zod';
import type { Workspace } from '../ports/workspace.ts';
import { answer, defineTool, failure, type Tool } from '../tool.ts';
import type { PathLock } from './path-lock.ts';

const parameters = z.object({ path: z.string().min(1), content: z.string() });

/** Writes a whole file. */
export function writeFileTool(workspace: Workspace, lock: PathLock): Tool {
  return defineTool({
    name: 'write_file',
    description: 'Write a whole file; missing folders are made. For a small change use patch_file.',
    parameters,
    repeatable: true,
    run: ({ path, content }) =>
      lock.hold(path, async () => {
        const written = await workspace.writeFile(path, new TextEncoder().encode(content));
        if (written.status !== 'written') return failure(`${path} was not written: ${written.reason}`);
        const lines = content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
        return answer(`Wrote ${path}: ${lines} lines.`);
      }),
  });
}
