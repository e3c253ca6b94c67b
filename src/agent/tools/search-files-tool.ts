import { z } from 'zod';
import type { FoundLine, TreeReader } from '../ports/tree-reader.ts';
import { answer, defineTool, failure, type Tool } from '../tool.ts';
import { trimmed } from './list-files-tool.ts';

const maxLines = 100;
const maxLineLength = 240;

const parameters = z.object({
  pattern: z.string().min(1).describe('regular expression'),
  folder: z.string().default(''),
  glob: z.string().optional(),
  ignore_case: z.boolean().default(false),
});

/** Finds lines in files by a regular expression. */
export function searchFilesTool(tree: TreeReader): Tool {
  return defineTool({
    name: 'search_files',
    description: `Find lines that match in the files of a folder. At most ${maxLines} lines.`,
    parameters,
    repeatable: true,
    async run({ pattern, folder, glob, ignore_case: ignoreCase }) {
      const result = await tree.search({
        pattern,
        folder: trimmed(folder),
        glob: glob ?? null,
        ignoreCase,
        limit: maxLines,
      });
      if (result.status === 'missing') return failure(`There is no folder ${folder}.`);
      if (result.status === 'bad-pattern') return failure(`The search failed: ${result.reason}`);
      if (result.lines.length === 0) return answer('(no match)');
      const more = result.truncated ? '\n(there are more: narrow the search)' : '';
      return answer(render(result.lines) + more);
    },
  });
}

/** Grouped by file: a long path is said once. */
function render(lines: readonly FoundLine[]): string {
  const groups = Map.groupBy(lines, (line) => line.path);
  return [...groups]
    .map(([path, found]) => [path, ...found.map((line) => `  ${line.line}: ${short(line.text)}`)].join('\n'))
    .join('\n');
}

const short = (text: string): string =>
  text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text.trimEnd();
