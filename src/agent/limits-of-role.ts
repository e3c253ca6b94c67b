import type { Role } from './role.ts';
import type { SessionSpec } from './session.ts';

/** What a role's file says of every session of the role. */
export function limitsOfRole(
  role: Role,
): Pick<
  SessionSpec,
  'system' | 'maxIterations' | 'reminder' | 'keepTurns' | 'wallClockMs' | 'maxOutputTokens'
> {
  const { system, maxIterations, reminder, keepTurns, wallClockMs, maxOutputTokens } = role;
  return {
    system,
    maxIterations,
    ...(reminder === undefined ? {} : { reminder }),
    ...(keepTurns === undefined ? {} : { keepTurns }),
    ...(wallClockMs === undefined ? {} : { wallClockMs }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  };
}
