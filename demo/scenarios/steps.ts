import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptedCall, Step } from '../../src/testing/rehearsal/script.ts';

/** A reply that looks at some files. */
export function read(say: string, ...paths: string[]): Step {
  return { say, calls: paths.map((path) => ({ name: 'read_file', arguments: { path } })) };
}

/** A reply that writes every file below `folder` to the same place in the workspace, with `change` made to each text first. */
export function writeAll(
  say: string,
  folder: URL,
  change: (path: string, text: string) => string = (_, text) => text,
): Step {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.pathname.length))
    .sort();
  return {
    say,
    calls: paths.map((path) => writeFile(path, change(path, readFileSync(new URL(path, folder), 'utf8')))),
  };
}

export function writeFile(path: string, content: string): ScriptedCall {
  return { name: 'write_file', arguments: { path, content } };
}

/** One place in a file: `from` stands there exactly once. */
export interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** A reply that changes files in place. */
export function edit(say: string, ...edits: Edit[]): Step {
  return {
    say,
    calls: edits.map(({ path, from, to }) => ({
      name: 'patch_file',
      arguments: { path, old: from, new: to },
    })),
  };
}

export function shell(say: string, command: string): Step {
  return { say, calls: [{ name: 'shell', arguments: { command } }] };
}

/** The same reply, said only if what came in since the last one matches. */
export function after(expects: RegExp, step: Step): Step {
  return { ...step, expects };
}
