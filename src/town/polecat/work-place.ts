import { WorkspaceLost } from '../../agent/ports/workspace.ts';
import type { Sandbox } from '../ports/sandbox.ts';

/** What a polecat needs of its container while it works. */
export type WorkPlace = Omit<Sandbox, 'id' | 'stop' | 'remove'>;

/** A container that is being started, as one that answers once it runs. */
export function startingPlace(starting: Promise<Sandbox | null>): WorkPlace {
  const started = async (): Promise<Sandbox> => {
    const sandbox = await starting;
    if (sandbox === null) throw new WorkspaceLost('of an earlier process');
    return sandbox;
  };
  return {
    exec: async (command, options) => (await started()).exec(command, options),
    readFile: async (path, options) => (await started()).readFile(path, options),
    writeFile: async (path, bytes) => (await started()).writeFile(path, bytes),
    takeOut: async () => (await started()).takeOut(),
  };
}
