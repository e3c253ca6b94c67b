import { z } from 'zod';
import type { TreeReader } from '../ports/tree-reader.ts';
import { answer, defineTool, failure, type Tool } from '../tool.ts';
import { renderTree } from './render-tree.ts';

const maxFiles = 20_000;
const maxLines = 250;

const parameters = z.object({
  folder: z.string().default(''),
  glob: z.string().optional().describe('e.g. *.py or src/**/*.ts'),
});

/** Lists files as a tree, what `.gitignore` names left out. */
export function listFilesTool(tree: TreeReader): Tool {
  return defineTool({
    name: 'list_files',
    description: 'List the files of a folder (default: all) as a tree. Ignored files are left out.',
    parameters,
    repeatable: true,
    async run({ folder, glob }) {
      const list = await tree.listFiles({ folder: trimmed(folder), glob: glob ?? null, limit: maxFiles });
      if (list.status === 'missing') return failure(`There is no folder ${folder}.`);
      if (list.paths.length === 0) return answer('(no files)');
      const more = list.truncated ? `\n(there are more than ${list.paths.length} files)` : '';
      return answer(renderTree(list.paths, maxLines) + more);
    },
  });
}

/** `.` and `./` are how many say "here". */
export const trimmed = (folder: string): string =>
  folder
    .replace(/^\/workspace(\/|$)/, '')
    .replace(/^(\.\/)+|^\.$/, '')
    .replace(/\/+$/, '');
