import type { RoleName } from '../../../domain/session/events.ts';

/** Which model plays which role: `all` wherever a role has none of its own. */
export interface ModelChoice {
  readonly all: string | null;
  readonly byRole: Readonly<Partial<Record<RoleName, string>>>;
}

/** As a value of its own: the schema that names the roles would make the help wait for zod. */
const roles: Readonly<Record<RoleName, true>> = {
  mayor: true,
  polecat: true,
  witness: true,
  refinery: true,
  crew: true,
  analyst: true,
};

const isRole = (text: string): text is RoleName => Object.hasOwn(roles, text);

export const noModelChoice: ModelChoice = { all: null, byRole: {} };

/** Adds one `--model` to those before it: `name` for every role, `role=name` for one. Null when there is no name in it. */
export function addModel(text: string, before: ModelChoice): ModelChoice | null {
  const [head = '', ...rest] = text.split('=');
  if (isRole(head) && rest.length > 0) {
    const name = rest.join('=').trim();
    return name === '' ? null : { ...before, byRole: { ...before.byRole, [head]: name } };
  }
  const name = text.trim();
  return name === '' || name.startsWith('=') ? null : { ...before, all: name };
}
