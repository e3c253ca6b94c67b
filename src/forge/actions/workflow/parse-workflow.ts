import { readFileSync } from 'node:fs';
import { JSONObjectReader } from '@actions/workflow-parser/templates/json-object-reader';
import { TemplateSchema } from '@actions/workflow-parser/templates/schema/template-schema';
import {
  TemplateContext,
  TemplateValidationErrors,
} from '@actions/workflow-parser/templates/template-context';
import { readTemplate } from '@actions/workflow-parser/templates/template-reader';
import { NoOperationTraceWriter } from '@actions/workflow-parser/templates/trace-writer';
import { YamlObjectReader } from '@actions/workflow-parser/workflows/yaml-object-reader';
import { plainToken } from './plain-token.ts';
import { type Workflow, workflowSchema } from './workflow.ts';

export type ParsedWorkflow =
  | { readonly kind: 'workflow'; readonly workflow: Workflow }
  | { readonly kind: 'invalid'; readonly errors: readonly string[] };

/** Reads a workflow file: first by GitHub's own schema, then by the part of it that is run here. */
export function parseWorkflow(path: string, text: string): ParsedWorkflow {
  const context = new TemplateContext(new TemplateValidationErrors(), schema(), new NoOperationTraceWriter());
  const file = context.getFileId(path);
  const reader = new YamlObjectReader(file, text);
  if (reader.errors.length > 0) return invalid(reader.errors.map((error) => error.message));
  const root = readTemplate(context, 'workflow-root-strict', reader, file);
  const errors = context.errors.getErrors();
  if (errors.length > 0 || root === undefined) return invalid(errors.map((error) => error.message));
  const parsed = workflowSchema.safeParse(plainToken(root));
  if (parsed.success) {
    const lost = impossibleNeeds(parsed.data);
    return lost.length > 0 ? invalid(lost) : { kind: 'workflow', workflow: parsed.data };
  }
  return invalid(
    parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.') || 'workflow'}: ${issue.message}`),
  );
}

/** Jobs that need what is not there, or wait for themselves. */
function impossibleNeeds({ jobs }: Workflow): string[] {
  const ended = new Set<string>();
  for (let before = -1; before < ended.size; ) {
    before = ended.size;
    for (const [key, job] of Object.entries(jobs)) {
      if (job.needs.every((need) => ended.has(need))) ended.add(key);
    }
  }
  const stuck = Object.entries(jobs).filter(([key]) => !ended.has(key));
  return stuck.map(([key, job]) => `Job '${key}' can never start: it needs ${job.needs.join(', ')}`);
}

function invalid(errors: readonly string[]): ParsedWorkflow {
  return { kind: 'invalid', errors };
}

let loaded: TemplateSchema | undefined;

/** The package's own schema, read from its file: the package imports it in a way that only bundlers understand. */
function schema(): TemplateSchema {
  if (loaded !== undefined) return loaded;
  const entry = import.meta.resolve('@actions/workflow-parser');
  const text = readFileSync(new URL('workflow-v1.0.min.json', entry), 'utf8');
  loaded = TemplateSchema.load(new JSONObjectReader(undefined, text));
  return loaded;
}
