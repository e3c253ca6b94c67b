import type { GitStore } from '../../town/ports/git-store.ts';
import type { Town } from '../../town/town.ts';

/** The process that did this step is gone: nothing of it goes on. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface KilledTown {
  readonly town: Town;
  /** Effects that were asked for, up to the one at which the process died. */
  readonly effects: readonly string[];
}

/** What changes something outside of the process; reading can be cut off anywhere without a trace. */
const effectful: ReadonlySet<string> = new Set([
  'append',
  'decide',
  'putContent',
  'commitTree',
  'commitChanges',
  'moveRef',
  'deleteRef',
  'start',
  'run',
]);

/**
 * A town whose process dies right after its n-th effect (from 1), before anybody learns of it; what is durable then is the
 * same as right before the next one. From then on every effect fails, as if the process were gone.
 */
export function killedTown(town: Town, n: number): KilledTown {
  const effects: string[] = [];
  let dead = false;
  const mortal = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]): unknown => Reflect.apply(value, object, args);
        return effectful.has(String(name))
          ? (...args: unknown[]) => dying(String(name), () => call(...args))
          : call;
      },
    });
  const dying = async (name: string, effect: () => unknown): Promise<unknown> => {
    if (dead) throw new Killed('dead');
    // The steps inside of a session, its appends to its own stream, are killed in the tests of sessions.
    if (name === 'append') return effect();
    effects.push(name);
    dead = effects.length === n;
    const result = await effect();
    if (effects.length >= n) throw new Killed(name);
    return result;
  };
  const stores = new Map<number, Promise<GitStore>>();
  const open = (id: number): Promise<GitStore> => {
    const known = stores.get(id) ?? town.git.open(id).then((store) => mortal(store));
    stores.set(id, known);
    return known;
  };
  return {
    effects,
    town: { ...town, ledger: mortal(town.ledger), sandboxes: mortal(town.sandboxes), git: { open } },
  };
}
