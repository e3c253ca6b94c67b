import { z } from 'zod';
import { maxAnswerLength } from '../cap-text.ts';
import type { TreeReader } from '../ports/tree-reader.ts';
import type { FileRead } from '../ports/workspace.ts';
import { answer, defineTool, failure, type Tool, type ToolOutcome } from '../tool.ts';
import { decodeText } from './decode-text.ts';

const maxBytes = 4 * 1024 * 1024;
/** Room for the line that says where to read on. */
const maxTextLength = maxAnswerLength - 200;
const maxHexBytes = 256;

const parameters = z.object({
  path: z.string().min(1),
  from_line: z.int().min(1).optional(),
  to_line: z.int().min(1).optional(),
});

/** Reads a file, or some of its lines. */
export function readFileTool(tree: TreeReader): Tool {
  return defineTool({
    name: 'read_file',
    description: 'Read a file, or only some of its lines (from 1, both ends included).',
    parameters,
    repeatable: true,
    async run({ path, from_line, to_line }) {
      const file = await tree.readFile(path, { maxBytes });
      return file.status === 'read'
        ? show(path, file, from_line ?? 1, to_line ?? Number.MAX_SAFE_INTEGER)
        : failure(unreadable(path, file.status));
    },
  });
}

/** Why a path could not be read as a file, in words for a model. */
export function unreadable(path: string, status: Exclude<FileRead['status'], 'read'>): string {
  const reasons = {
    missing: `There is no file ${path}.`,
    directory: `${path} is a folder: list it with list_files.`,
    special: `${path} is neither a file nor a folder.`,
    denied: `${path} may not be read.`,
  };
  return reasons[status];
}

function show(path: string, file: FileRead & { status: 'read' }, from: number, to: number): ToolOutcome {
  const whole = file.bytes.length === file.sizeBytes;
  // A cut may fall within a character: what follows the last line feed of a part is left out.
  const bytes = whole ? file.bytes : file.bytes.subarray(0, file.bytes.lastIndexOf(0x0a) + 1);
  const text = decodeText(bytes);
  if (text === null) return answer(describeBinary(path, file));
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) return answer('(empty file)');
  const total = whole ? `${lines.length}` : `${lines.length} or more`;
  if (from > lines.length) return failure(`${path} has ${total} lines.`);
  return answer(excerpt(lines, from, Math.min(to, lines.length), total));
}

/** The lines asked for, as many as an answer holds, and where to read on. */
function excerpt(lines: readonly string[], from: number, to: number, total: string): string {
  const shown: string[] = [];
  let length = 0;
  for (const line of lines.slice(from - 1, to)) {
    length += line.length + 1;
    if (length > maxTextLength) break;
    shown.push(line);
  }
  if (shown.length === 0) return `${(lines[from - 1] ?? '').slice(0, maxTextLength)}\n[line ${from} goes on]`;
  const last = from + shown.length - 1;
  const text = shown.join('\n');
  if (from === 1 && last === lines.length && !total.includes(' ')) return text;
  return `${text}\n[lines ${from} to ${last} of ${total}]`;
}

function describeBinary(path: string, file: FileRead & { status: 'read' }): string {
  const start = Buffer.from(file.bytes.subarray(0, maxHexBytes)).toString('hex');
  return `${path} is not text: ${file.sizeBytes} bytes, which begin with ${start}`;
}
