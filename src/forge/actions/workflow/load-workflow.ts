import { bareRepositoryPath, type ForgeContext } from '../../context.ts';
import { readFileAt } from '../../git/objects.ts';
import { onceFound } from '../../git/once-found.ts';
import type { WorkflowRow } from '../../store/rows.ts';
import type { ParsedWorkflow } from './parse-workflow.ts';

const texts = onceFound<string>();
const parsed = new Map<string, ParsedWorkflow>();

/** The workflow's file as a commit has it. One text is parsed once. */
export async function loadWorkflow(
  context: ForgeContext,
  row: WorkflowRow,
  sha: string,
): Promise<ParsedWorkflow> {
  const path = bareRepositoryPath(context, row.repository_id);
  const read = async (): Promise<string | undefined> => (await readFileAt(path, sha, row.path))?.toString();
  const text = await texts(`${path} ${sha} ${row.path}`, read);
  if (text === undefined) return { kind: 'invalid', errors: [`${row.path} is not in ${sha}`] };
  return parseText(row.path, text);
}

/** Parses a workflow's text. The parser is big, and is loaded where there is something to parse. */
export async function parseText(path: string, text: string): Promise<ParsedWorkflow> {
  const key = `${path}\0${text}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const { parseWorkflow } = await import('./parse-workflow.ts');
  const fresh = parseWorkflow(path, text);
  if (parsed.size > 100) parsed.clear();
  parsed.set(key, fresh);
  return fresh;
}
