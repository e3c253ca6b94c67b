import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

const folder = '.github/workflows';
const atMost = 100;

const named = z.object({ name: z.string().optional(), on: z.unknown() });

/**
 * The names, as GitHub shows them, of the workflows of a checked-out repository that run for a push or a pull request, all but
 * the one in the file `except`. A file that is no workflow has none.
 */
export async function ownWorkflows(root: string, except: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const file of (await filesIn(join(root, folder))).toSorted()) {
    if (!/\.ya?ml$/.test(file) || file === basename(except)) continue;
    const parsed = named.safeParse(read(await readFile(join(root, folder, file), 'utf8')));
    if (parsed.success && runsForChanges(parsed.data.on)) names.push(parsed.data.name ?? `${folder}/${file}`);
  }
  return names.slice(0, atMost);
}

async function filesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Null for what is no YAML. */
function read(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) return null;
    throw error;
  }
}

function runsForChanges(on: unknown): boolean {
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  return events.includes('push') || events.includes('pull_request');
}
