import { type RoleName, roleName } from '../../../domain/session/events.ts';

/** Which model plays which role: `all` wherever a role has none of its own. */
export interface ModelChoice {
  readonly all: string | null;
  readonly byRole: Readonly<Partial<Record<RoleName, string>>>;
}

export const noModelChoice: ModelChoice = { all: null, byRole: {} };

/** Adds one `--model` to those before it: `name` for every role, `role=name` for one. Null when there is no name in it. */
export function addModel(text: string, before: ModelChoice): ModelChoice | null {
  const [head, ...rest] = text.split('=');
  const role = roleName.safeParse(head);
  if (role.success && rest.length > 0) {
    const name = rest.join('=').trim();
    return name === '' ? null : { ...before, byRole: { ...before.byRole, [role.data]: name } };
  }
  const name = text.trim();
  return name === '' || name.startsWith('=') ? null : { ...before, all: name };
}
