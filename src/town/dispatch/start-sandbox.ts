import { touchesSetup } from '../../domain/convoy/setup-inputs.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { GitStore, Oid } from '../ports/git-store.ts';
import type { Sandbox, SandboxLabels, Snapshot, StartRequest } from '../ports/sandbox.ts';
import type { Town } from '../town.ts';

/** The setup commands failed on a tree. On the convoy's base, no bead can be worked until a person mends them. */
export class SetupFailed extends Error {
  override readonly name = 'SetupFailed';
  readonly command: string;
  readonly exitCode: number | null;
  readonly output: string;
  readonly ofBase: boolean;
  constructor(facts: { command: string; exitCode: number | null; output: string }, ofBase: boolean) {
    super(`The set-up command \`${facts.command}\` ended with status ${facts.exitCode ?? 'unknown'}.`);
    this.command = facts.command;
    this.exitCode = facts.exitCode;
    this.output = facts.output;
    this.ofBase = ofBase;
  }
}

/** The image of a tree of the convoy and its set-up: made once, found again after that. Rejects with `SetupFailed`. */
async function snapshotOf(town: Town, convoy: Convoy, tree: Oid): Promise<Snapshot> {
  const { repository, settings, base } = convoy.opened;
  const store = await town.git.open(repository.id);
  const result = await town.sandboxes.snapshot({
    image: settings.image,
    tree,
    files: () => store.pack(tree),
    setup: settings.setup,
    limits: settings.limits,
    labels: { convoy: convoy.stream, purpose: 'setup' },
    onOutput: (text) => town.onProgress({ kind: 'setup', convoy: convoy.stream, text }),
    line: {
      name: `rig/${repository.id}`,
      differenceFrom: async (earlier) =>
        (await store.resolve(`${earlier}^{tree}`)) === null ? null : store.difference(earlier, tree),
      ...(settings.setupInputs === undefined ? {} : { setupInputs: settings.setupInputs }),
    },
  });
  if (result.status === 'setup-failed') {
    throw new SetupFailed(result, tree === (await store.treeOf(base.commit)));
  }
  return result.snapshot;
}

/** What happens where a commit changed what the set-up depends on, and the set-up fails on it. */
export type OnFailedSetup = 'reject' | 'keep-the-base-s';

/**
 * What to ask of the engine for a container that holds `commit`: the convoy's snapshot and the difference, or, where that
 * touches what the set-up depends on, a snapshot of the commit's own tree, set up again. Rejects with `SetupFailed`.
 */
export async function startRequest(
  town: Town,
  convoy: Convoy,
  commit: string,
  labels: Omit<SandboxLabels, 'convoy'>,
  onFailedSetup: OnFailedSetup = 'keep-the-base-s',
): Promise<StartRequest> {
  const { repository, settings, base } = convoy.opened;
  const store = await town.git.open(repository.id);
  const baseTree = await store.treeOf(base.commit);
  const tree = await store.treeOf(commit);
  const convoys = await snapshotOf(town, convoy, baseTree);
  const stale = settings.setup.length > 0 && (await needsSetup(store, convoy, baseTree, tree));
  const snapshot = stale ? await setUpAgain(town, convoy, tree, convoys, onFailedSetup) : convoys;
  return {
    snapshot,
    difference: tree === snapshot.tree ? null : await store.difference(snapshot.tree, tree),
    limits: settings.limits,
    network: settings.network,
    ...(settings.warm === undefined ? {} : { warm: settings.warm }),
    ...startsLeft(convoy),
    labels: { ...labels, convoy: convoy.stream },
  };
}

/** Beads that nobody works yet, and the Refinery's pass at the end; nobody knows before there is a plan. */
function startsLeft(convoy: Convoy): { readonly startsLeft?: number } {
  if (convoy.beads.size === 0) return {};
  const open = [...convoy.beads.values()].filter((bead) => bead.status === 'open');
  return { startsLeft: open.length + 1 };
}

async function needsSetup(store: GitStore, convoy: Convoy, from: Oid, to: Oid): Promise<boolean> {
  if (from === to) return false;
  const changed = await store.changedEntries(from, to);
  return touchesSetup(
    convoy.opened.settings.setupInputs,
    changed.map(({ path }) => path),
  );
}

async function setUpAgain(
  town: Town,
  convoy: Convoy,
  tree: Oid,
  base: Snapshot,
  onFailedSetup: OnFailedSetup,
): Promise<Snapshot> {
  try {
    return await snapshotOf(town, convoy, tree);
  } catch (error) {
    // Whoever works there can mend it, and needs a container for that.
    if (error instanceof SetupFailed && onFailedSetup === 'keep-the-base-s') return base;
    throw error;
  }
}

/** The container of a session: the one it had before the town stopped, or a new one. */
export async function sandboxFor(
  town: Town,
  convoy: Convoy,
  commit: string,
  labels: { readonly purpose: string; readonly session: string },
): Promise<Sandbox> {
  const kept = await town.sandboxes.find(labels.session);
  return kept ?? town.sandboxes.start(await startRequest(town, convoy, commit, labels));
}
