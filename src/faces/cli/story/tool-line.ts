import { z } from 'zod';
import { onOneLine } from '../view/for-terminal.ts';

const textArguments = z.record(z.string(), z.unknown());

/** The argument that tells most about a call, by tool; any other tool shows its first text. */
const telling: Readonly<Record<string, readonly string[]>> = {
  shell: ['command'],
  run_python: ['code'],
  read_file: ['path'],
  write_file: ['path'],
  patch_file: ['path'],
  list_files: ['path'],
  search_files: ['pattern', 'query'],
  bead: ['action', 'title', 'id'],
  sling: ['bead', 'topic'],
  report: ['verdict'],
};

/** A tool call on one line, from arguments that a model wrote and that need not be JSON. */
export function toolLine(name: string, rawArguments: string, width = 100): string {
  const parsed = textArguments.safeParse(readJson(rawArguments));
  if (!parsed.success) return onOneLine(`${name} ${rawArguments}`, width);
  const wanted = telling[name] ?? Object.keys(parsed.data).slice(0, 1);
  const shown = wanted
    .map((argument) => parsed.data[argument])
    .filter((value) => typeof value === 'string' || typeof value === 'number');
  return onOneLine(name === 'shell' ? `$ ${shown.join(' ')}` : `${name} ${shown.join(' ')}`, width);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
