import type { Events } from './workflow.ts';

type Dispatch = NonNullable<Events['workflow_dispatch']>;
export type InputValue = string | boolean | number;

export type DispatchInputs =
  | { readonly kind: 'inputs'; readonly inputs: Readonly<Record<string, InputValue>> }
  | { readonly kind: 'refused'; readonly reason: string };

/** The inputs of a dispatch, with defaults for those left out, each of its type; refused as GitHub words it. */
export function dispatchInputs(event: Dispatch, given: Readonly<Record<string, unknown>>): DispatchInputs {
  const known = ('inputs' in event ? event.inputs : undefined) ?? {};
  const strange = Object.keys(given).filter((name) => !(name in known));
  if (strange.length > 0) return refused(`Unexpected inputs provided: ${JSON.stringify(strange)}`);
  const inputs: Record<string, InputValue> = {};
  for (const [name, input] of Object.entries(known)) {
    const value = given[name] ?? input.default;
    if ((value === undefined || value === '') && input.required)
      return refused(`Required input '${name}' not provided`);
    const text = value === undefined ? '' : String(value);
    if (input.type === 'choice' && text !== '' && !(input.options ?? []).includes(text)) {
      return refused(`Provided value '${text}' for input '${name}' not in the list of allowed values`);
    }
    if (input.type === 'boolean') inputs[name] = text === 'true';
    else if (input.type === 'number' && text !== '') inputs[name] = Number(text);
    else inputs[name] = text;
  }
  return { kind: 'inputs', inputs };
}

function refused(reason: string): DispatchInputs {
  return { kind: 'refused', reason };
}
