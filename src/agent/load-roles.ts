import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RoleName, roleName } from '../domain/session/events.ts';
import { optionalLimits, overrideRole, requireName } from './override-role.ts';
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
    const text = parseToml(file, await read(file), roleText);
    requireName(name, text, file);
    const own = roleOf(text, models[name] ?? models.default);
    const override = overrides[name];
    roles.set(name, override === undefined ? own : overrideRole(own, `${name}.toml`, override));
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

function roleOf(text: RoleText, models: readonly string[]): Role {
  const [first, ...fallbacks] = text.model ?? models;
  if (first === undefined) throw new Error(`The role ${text.name} has no model.`);
  const { name, description, max_iterations: maxIterations, tools, system } = text;
  return {
    name,
    description,
    maxIterations,
    tools,
    models: [first, ...fallbacks],
    system: system.text.trim(),
    ...optionalLimits(text),
  };
}
