import { z } from 'zod';
import type { Workspace } from '../ports/workspace.ts';
import { answer, defineTool, failure, type Tool } from '../tool.ts';
import { applyDiff } from './apply-diff.ts';
import { decodeText } from './decode-text.ts';
import type { PathLock } from './path-lock.ts';
import { unreadable } from './read-file-tool.ts';
import { type Patched, replaceExact } from './replace-exact.ts';

const maxBytes = 4 * 1024 * 1024;

const parameters = z.object({
  path: z.string().min(1),
  old: z.string().optional().describe('exact text to replace, found once'),
  new: z.string().optional().describe('what takes its place'),
  all: z.boolean().optional().describe('replace every place'),
  diff: z.string().optional().describe('or a unified diff of this file'),
});
type Arguments = z.output<typeof parameters>;

/** Changes a part of a file, by exact text or by a unified diff. */
export function patchFileTool(workspace: Workspace, lock: PathLock): Tool {
  return defineTool({
    name: 'patch_file',
    description: 'Change a part of a file: `old` and `new`, or `diff`.',
    parameters,
    run: (args) =>
      lock.hold(args.path, async () => {
        const file = await workspace.readFile(args.path, { maxBytes });
        if (file.status !== 'read') return failure(unreadable(args.path, file.status));
        if (file.sizeBytes > maxBytes)
          return failure(`${args.path} is too large to patch: ${file.sizeBytes} bytes.`);
        const text = decodeText(file.bytes);
        if (text === null) return failure(`${args.path} is not UTF-8 text.`);
        const patched = patch(text, args);
        if (patched.status === 'refused') return failure(`${args.path} is unchanged. ${patched.reason}`);
        const written = await workspace.writeFile(args.path, new TextEncoder().encode(patched.text));
        if (written.status !== 'written') return failure(`${args.path} was not written: ${written.reason}`);
        return answer(
          `Patched ${args.path} in ${patched.places} ${patched.places === 1 ? 'place' : 'places'}.`,
        );
      }),
  });
}

function patch(text: string, args: Arguments): Patched {
  if (args.diff !== undefined && args.old === undefined) return applyDiff(text, args.diff);
  if (args.old !== undefined && args.diff === undefined) {
    return replaceExact(text, args.old, args.new ?? '', args.all ?? false);
  }
  return { status: 'refused', reason: 'Give either `old` and `new`, or `diff`.' };
}
