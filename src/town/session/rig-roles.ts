import { overrideRole } from '../../agent/override-role.ts';
import type { Role } from '../../agent/role.ts';
import { RoleFileWrong } from '../../agent/role-file-wrong.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { RoleName } from '../../domain/session/events.ts';
import type { GitStore } from '../ports/git-store.ts';
import type { Town } from '../town.ts';

/** Where a rig keeps role files of its own: a protected path, which only people change. */
const folder = '.github/gas-town/roles';
const fileBytesMax = 64 * 1024;

/** A role for a convoy: the town's, with what the rig's own file said at the convoy's base commit. */
export async function roleForConvoy(town: Town, stream: StreamId, name: RoleName): Promise<Role> {
  const role = town.roles.get(name);
  if (role === undefined) throw new Error(`The town has no role file for ${name}.`);
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null) return role;
  const store = await town.git.open(state.opened.repository.id);
  return rigRole(role, store, state.opened.base.commit);
}

async function rigRole(role: Role, store: GitStore, commit: string): Promise<Role> {
  const path = `${folder}/${role.name}.toml`;
  const bytes = await store.readFile(commit, path, fileBytesMax);
  return bytes === null ? role : overrideRole(role, path, Buffer.from(bytes).toString('utf8'));
}

/** Looks at a rig's role files along with its config, so that a mistake is told before anything is begun. */
export function withRigRoles(
  settingsFor: Town['settingsFor'],
  roles: ReadonlyMap<RoleName, Role>,
): Town['settingsFor'] {
  return async (rig, store, base) => {
    const result = await settingsFor(rig, store, base);
    const problems: string[] = result.status === 'invalid' ? [...result.problems] : [];
    for (const role of roles.values()) {
      try {
        await rigRole(role, store, base);
      } catch (error) {
        if (!(error instanceof RoleFileWrong)) throw error;
        problems.push(error.message);
      }
    }
    return problems.length > 0 ? { status: 'invalid', problems } : result;
  };
}
