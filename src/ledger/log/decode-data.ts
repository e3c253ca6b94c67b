import { LedgerError } from '../ledger-error.ts';
import { compiledSchema } from './compiled-schema.ts';
import { type EventTypes, problemsOf } from './encode-data.ts';

export interface StoredType {
  readonly name: string;
  readonly version: number;
}

/**
 * The data of a stored event in the shape that its type has now: older shapes are upcast step by step, then checked.
 * Throws `unknown-type` or `broken-event` with the event's position.
 */
export function decodeData(types: EventTypes, type: StoredType, text: string, position: number): unknown {
  const definition = Object.hasOwn(types, type.name) ? types[type.name] : undefined;
  if (definition === undefined || type.version > definition.version) {
    throw new LedgerError({
      kind: 'unknown-type',
      type: type.name,
      typeVersion: type.version,
      position,
    });
  }
  let data = parseJson(text, type.name, position);
  for (let version = type.version; version < definition.version; version += 1) {
    data = definition.upcasts[version - 1]?.(data);
  }
  const parsed = compiledSchema(definition.schema).safeParse(data);
  if (parsed.success) return parsed.data;
  throw new LedgerError({
    kind: 'broken-event',
    type: type.name,
    position,
    problems: problemsOf(parsed.error),
  });
}

function parseJson(text: string, type: string, position: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LedgerError(
      { kind: 'broken-event', type, position, problems: ['data: not JSON'] },
      { cause: error },
    );
  }
}
