import { readFileSync } from 'node:fs';

/** A JSON schema node, as far as the mends look into it. */
export type Schema = Record<string, unknown>;

interface Media {
  readonly 'application/json'?: { readonly schema: Schema };
}

interface OperationDocument {
  readonly operationId: string;
  readonly requestBody?: { readonly required?: boolean; readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly content?: Media; readonly $ref?: string }>>;
}

/** The vendored part of GitHub's OpenAPI document. */
export interface Subset {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationDocument>>>>;
  readonly 'x-webhooks': Readonly<
    Record<string, { readonly post: { readonly requestBody: { readonly content: Media } } }>
  >;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, { readonly content?: Media }>>;
  };
}

/** Reads the vendored document with what its own shape needs to be plain JSON schema. */
export function readSubset(): Subset {
  const text = readFileSync(new URL('../schema/github-subset.json', import.meta.url), 'utf8');
  const subset = JSON.parse(text) as Subset;
  mend(subset.paths);
  mend(subset['x-webhooks']);
  mend(subset.components);
  relax(subset);
  return subset;
}

/**
 * OpenAPI 3.0 says `nullable`, JSON schema says `null` as a type; 135 places say it without any type. `oneOf` lists shapes
 * of which one body fits several (each error is a basic error too): it asks for at least one.
 */
function mend(node: unknown): void {
  if (Array.isArray(node)) for (const entry of node) mend(entry);
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Schema;
  for (const value of Object.values(schema)) mend(value);
  if (Array.isArray(schema.oneOf)) {
    schema.anyOf = schema.oneOf;
    delete schema.oneOf;
  }
  if (schema.nullable !== true) return;
  delete schema.nullable;
  if (typeof schema.type === 'string') {
    schema.type = [schema.type, 'null'];
    if (Array.isArray(schema.enum)) schema.enum = [...schema.enum, null];
    return;
  }
  const rest = { ...schema };
  for (const key of Object.keys(schema)) delete schema[key];
  schema.anyOf = [{ type: 'null' }, rest];
}

/**
 * Where GitHub's document asks for what its own traffic does not have: dependency events of a user's repository
 * carry no organisation, an App's events may be newer than the document's list of them, and the list of
 * installations asks each account to be a user and an enterprise at once where a single one may be either.
 */
function relax(subset: Subset): void {
  const listed =
    subset.paths['/app/installations']?.get?.responses['200']?.content?.['application/json']?.schema;
  if (listed !== undefined) listed.items = { $ref: '#/components/schemas/installation' };
  for (const [name, schema] of Object.entries(subset.components.schemas)) {
    if (name.startsWith('webhook-issue-dependencies-')) {
      schema.required = (schema.required as string[]).filter((field) => field !== 'organization');
    }
    extendEventLists(schema);
  }
}

function extendEventLists(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const value of Object.values(node)) extendEventLists(value);
  const values = (node as Schema).enum;
  if (Array.isArray(values) && values.includes('issue_comment') && values.includes('pull_request')) {
    values.push('issue_dependencies', 'sub_issues', 'workflow_job');
  }
}
