import type { RoleName } from '../domain/session/events.ts';
import type { Role } from './role.ts';
import { parseToml, type RoleText, roleText } from './role-file.ts';
import { RoleFileWrong } from './role-file-wrong.ts';

/**
 * A role as a rig has it: the fields of the rig's own file take the place of the town's. It may ask for less, more or other
 * words, but give a role no tool that the town did not; models that it names are asked before the town's. Throws
 * `RoleFileWrong`.
 */
export function overrideRole(own: Role, file: string, text: string): Role {
  const wish = parseToml(file, text, roleText.partial());
  requireName(own.name, wish, file);
  const beyond = wish.tools?.filter((tool) => !own.tools.includes(tool)) ?? [];
  if (beyond.length > 0) {
    throw new RoleFileWrong(
      file,
      'tools',
      `a ${own.name} can't have ${beyond.join(', ')}; it may have ${own.tools.join(', ')}`,
    );
  }
  const [first = own.models[0], ...others] = [...(wish.model ?? []), ...own.models];
  return {
    ...own,
    description: wish.description ?? own.description,
    maxIterations: wish.max_iterations ?? own.maxIterations,
    tools: wish.tools ?? own.tools,
    models: [first, ...new Set(others.filter((model) => model !== first))],
    system: wish.system?.text.trim() ?? own.system,
    ...optionalLimits(wish),
  };
}

/** The fields of a role that a file may leave out. */
export function optionalLimits(
  text: Pick<RoleText, 'reminder' | 'keep_turns' | 'wall_clock_minutes' | 'max_output_tokens'>,
): Pick<Role, 'reminder' | 'keepTurns' | 'wallClockMs' | 'maxOutputTokens'> {
  return {
    ...(text.reminder === undefined ? {} : { reminder: text.reminder.trim() }),
    ...(text.keep_turns === undefined ? {} : { keepTurns: text.keep_turns }),
    ...(text.wall_clock_minutes === undefined ? {} : { wallClockMs: text.wall_clock_minutes * 60_000 }),
    ...(text.max_output_tokens === undefined ? {} : { maxOutputTokens: text.max_output_tokens }),
  };
}

export function requireName(
  name: RoleName,
  text: { readonly name?: RoleName | undefined },
  file: string,
): void {
  if (text.name === undefined || text.name === name) return;
  throw new RoleFileWrong(file, 'name', `it must be ${name}, as the file is called`);
}
