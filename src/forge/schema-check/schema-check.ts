import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { ApiExchange, SentWebhook } from '../forge.ts';
import { readSubset, type Subset } from './read-subset.ts';

/** Watches a forge's traffic in tests: pass `onExchange` and `onWebhook` to `startForge`, then ask for `misfits`. */
export interface SchemaCheck {
  readonly onExchange: (exchange: ApiExchange) => void;
  readonly onWebhook: (webhook: SentWebhook) => void;
  /** One sentence for each request, response or webhook that did not fit GitHub's schema. */
  readonly misfits: readonly string[];
  /** How many bodies were held against a schema, by operation id or event. */
  readonly checked: ReadonlyMap<string, number>;
  /** Traffic that the vendored document has no schema for. */
  readonly unknown: ReadonlySet<string>;
}

const basicError = '/components/schemas/basic-error';

let shared: { readonly ajv: Ajv; readonly subset: Subset } | undefined;
const compiled = new Map<string, ValidateFunction>();

/** Parses the document once a process; each schema is compiled when it is first met. */
function load(): { readonly ajv: Ajv; readonly subset: Subset } {
  if (shared !== undefined) return shared;
  const subset = readSubset();
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  formats.default(ajv);
  for (const loose of ['repo.nwo', 'timestamp', 'uri-template', 'ssh-key', 'ssh-key fingerprint']) {
    ajv.addFormat(loose, true);
  }
  // Addresses of bots hold brackets, which the standard format refuses and GitHub sends.
  ajv.addFormat('email', /^[^\s@]+@[^\s@]+$/);
  ajv.addSchema({ ...subset, $id: 'github' });
  shared = { ajv, subset };
  return shared;
}

/** A validator for the schema at a JSON pointer of the document. */
function validator(pointer: string): ValidateFunction {
  const known = compiled.get(pointer);
  if (known !== undefined) return known;
  const made = load().ajv.compile({ $ref: `github#${pointer}` });
  compiled.set(pointer, made);
  return made;
}

export function createSchemaCheck(): SchemaCheck {
  const misfits: string[] = [];
  const checked = new Map<string, number>();
  const unknown = new Set<string>();
  const hold = (name: string, pointer: string | undefined, body: unknown): void => {
    if (pointer === undefined) {
      unknown.add(name);
      return;
    }
    checked.set(name, (checked.get(name) ?? 0) + 1);
    const validate = validator(pointer);
    if (validate(body)) return;
    const errors = (validate.errors ?? []).slice(0, 5);
    const told = errors.map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ');
    misfits.push(`${name}: ${told}`);
  };
  return {
    misfits,
    checked,
    unknown,
    onExchange: ({ request, response }) => {
      if (request.operationId === null) return;
      const found = findOperation(request.operationId);
      if (found === undefined) {
        unknown.add(request.operationId);
        return;
      }
      if (response.status < 400 && found.requestBody !== undefined && request.body !== null) {
        hold(`${request.operationId} request`, found.requestBody, request.body);
      }
      if (response.body === null || response.status === 304) return;
      // An error that the document does not list for an operation still has GitHub's common shape.
      const pointer =
        found.responses.get(String(response.status)) ?? (response.status < 400 ? undefined : basicError);
      hold(`${request.operationId} ${response.status}`, pointer, response.body);
    },
    onWebhook: ({ event, action, payload }) => {
      const name = action === null ? event : `${event}.${action}`;
      hold(name, webhookPointer(event, action), payload);
    },
  };
}

interface Pointers {
  readonly requestBody: string | undefined;
  readonly responses: ReadonlyMap<string, string>;
}

const found = new Map<string, Pointers | undefined>();

function findOperation(operationId: string): Pointers | undefined {
  if (!found.has(operationId)) found.set(operationId, searchOperation(operationId));
  return found.get(operationId);
}

function searchOperation(operationId: string): Pointers | undefined {
  const { subset } = load();
  for (const [path, methods] of Object.entries(subset.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId !== operationId) continue;
      const base = `/paths/${pointerPart(path)}/${method}`;
      const responses = new Map<string, string>();
      for (const [status, response] of Object.entries(operation.responses)) {
        const name = response.$ref?.split('/').at(-1);
        const content = name === undefined ? response.content : subset.components.responses[name]?.content;
        if (content?.['application/json'] === undefined) continue;
        const where = name === undefined ? `${base}/responses/${status}` : `/components/responses/${name}`;
        responses.set(status, `${where}/content/application~1json/schema`);
      }
      const hasBody = operation.requestBody?.content['application/json'] !== undefined;
      const requestBody = hasBody ? `${base}/requestBody/content/application~1json/schema` : undefined;
      return { requestBody, responses };
    }
  }
  return undefined;
}

function webhookPointer(event: string, action: string | null): string | undefined {
  const dashed = (text: string) => text.replaceAll('_', '-');
  const name = action === null ? dashed(event) : `${dashed(event)}-${dashed(action)}`;
  const known = load().subset['x-webhooks'][name];
  return known && `/x-webhooks/${name}/post/requestBody/content/application~1json/schema`;
}

function pointerPart(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
}
