import type { EventTypeDefinition } from '../../domain/event-types.ts';
import { LedgerError } from '../ledger-error.ts';
import { compiledSchema } from './compiled-schema.ts';

export type EventTypes = Readonly<Record<string, EventTypeDefinition>>;

/** The checked data of a new event and its JSON text. Throws `invalid-event` for what no reader could read. */
export function encodeData(
  types: EventTypes,
  event: { readonly type: string; readonly data: unknown },
): { readonly typeVersion: number; readonly data: unknown; readonly text: string } {
  const definition = Object.hasOwn(types, event.type) ? types[event.type] : undefined;
  if (definition === undefined) {
    throw new LedgerError({ kind: 'invalid-event', type: event.type, problems: ['no such event type'] });
  }
  const parsed = compiledSchema(definition.schema).safeParse(event.data);
  if (!parsed.success) {
    throw new LedgerError({ kind: 'invalid-event', type: event.type, problems: problemsOf(parsed.error) });
  }
  return { typeVersion: definition.version, data: parsed.data, text: JSON.stringify(parsed.data) };
}

export function problemsOf(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string[] {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'data'}: ${issue.message}`);
}
