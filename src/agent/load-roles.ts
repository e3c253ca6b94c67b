import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RoleName, roleName } from '../domain/session/events.ts';
import type { Role } from './role.ts';
import { modelTable, parseToml, type RoleText, roleText } from './role-file.ts';
import { RoleFileWrong } from './role-file-wrong.ts';

export interface RoleSources {
  /** The folder that holds `<role>.toml` for every role, and `models.toml`. */
  readonly folder: string;
  /** A rig's own files by role name: TOML whose fields take the place of the ones in the folder. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Loads and checks all roles. Throws `RoleFileWrong`, one sentence that names the file and the line or field. */
export async function loadRoles(sources: RoleSources): Promise<ReadonlyMap<RoleName, Role>> {
  const modelsFile = join(sources.folder, 'models.toml');
  const models = parseToml(modelsFile, await read(modelsFile), modelTable);
  const overrides = sources.overrides ?? {};
  for (const name of Object.keys(overrides)) {
    if (roleName.safeParse(name).success) continue;
    throw new RoleFileWrong(
      `${name}.toml`,
      null,
      `there is no role ${name}; there are ${roleName.options.join(', ')}`,
    );
  }
  const roles = new Map<RoleName, Role>();
  for (const name of roleName.options) {
    const file = join(sources.folder, `${name}.toml`);
    const own = parseToml(file, await read(file), roleText);
    mustBe(name, own, file);
    const override = overrides[name];
    const merged = override === undefined ? own : overridden(own, `${name}.toml`, override);
    roles.set(name, roleOf(merged, models[name] ?? models.default));
  }
  return roles;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (Object(error).code !== 'ENOENT') throw error;
    throw new RoleFileWrong(file, null, 'there is no such file', { cause: error });
  }
}

/** A rig may say less, more or other words, but give a role no tool that the town did not. */
function overridden(own: RoleText, file: string, text: string): RoleText {
  const wish = parseToml(file, text, roleText.partial());
  mustBe(own.name, wish, file);
  const beyond = wish.tools?.filter((tool) => !own.tools.includes(tool)) ?? [];
  if (beyond.length > 0) {
    throw new RoleFileWrong(
      file,
      'tools',
      `a ${own.name} can't have ${beyond.join(', ')}; it may have ${own.tools.join(', ')}`,
    );
  }
  const said = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  return { ...own, ...said };
}

function mustBe(name: RoleName, text: { readonly name?: RoleName | undefined }, file: string): void {
  if (text.name === undefined || text.name === name) return;
  throw new RoleFileWrong(file, 'name', `it must be ${name}, as the file is called`);
}

function roleOf(text: RoleText, models: readonly string[]): Role {
  const [first, ...fallbacks] = text.model ?? models;
  if (first === undefined) throw new Error(`The role ${text.name} has no model.`);
  return {
    name: text.name,
    description: text.description,
    maxIterations: text.max_iterations,
    tools: text.tools,
    models: [first, ...fallbacks],
    system: text.system.text.trim(),
    ...(text.reminder === undefined ? {} : { reminder: text.reminder.trim() }),
    ...(text.keep_turns === undefined ? {} : { keepTurns: text.keep_turns }),
    ...(text.wall_clock_minutes === undefined ? {} : { wallClockMs: text.wall_clock_minutes * 60_000 }),
    ...(text.max_output_tokens === undefined ? {} : { maxOutputTokens: text.max_output_tokens }),
  };
}
