import type { Convoy } from '../../domain/convoy/state.ts';
import type { Sandbox, SandboxLabels, Snapshot, StartRequest } from '../ports/sandbox.ts';
import type { Town } from '../town.ts';

/** The convoy's setup commands failed: no bead of it can be worked until a person mends them. */
export class SetupFailed extends Error {
  override readonly name = 'SetupFailed';
  readonly command: string;
  readonly exitCode: number | null;
  readonly output: string;
  constructor(facts: { command: string; exitCode: number | null; output: string }) {
    super(`The set-up command \`${facts.command}\` ended with status ${facts.exitCode ?? 'unknown'}.`);
    this.command = facts.command;
    this.exitCode = facts.exitCode;
    this.output = facts.output;
  }
}

/** The image of the convoy's base tree and its set-up: made once, found again after that. */
export async function convoySnapshot(town: Town, convoy: Convoy): Promise<Snapshot> {
  const { repository, base, settings } = convoy.opened;
  const store = await town.git.open(repository.id);
  const tree = await store.treeOf(base.commit);
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
    },
  });
  if (result.status === 'setup-failed') throw new SetupFailed(result);
  return result.snapshot;
}

/** What to ask of the engine for a container that holds `commit` on top of the convoy's snapshot. */
export async function startRequest(
  town: Town,
  convoy: Convoy,
  commit: string,
  labels: Omit<SandboxLabels, 'convoy'>,
): Promise<StartRequest> {
  const { repository, settings } = convoy.opened;
  const store = await town.git.open(repository.id);
  const snapshot = await convoySnapshot(town, convoy);
  const tree = await store.treeOf(commit);
  return {
    snapshot,
    difference: tree === snapshot.tree ? null : await store.difference(snapshot.tree, tree),
    limits: settings.limits,
    network: settings.network,
    labels: { ...labels, convoy: convoy.stream },
  };
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
