import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import { createModelPort } from '../../adapters/openai/create-model-port.ts';
import { loadRoles } from '../../agent/load-roles.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoySettings } from '../../domain/convoy/settings.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import { type RoleName, roleName } from '../../domain/session/events.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import type { GitStore } from '../../town/ports/git-store.ts';
import type { Change, Sandboxes } from '../../town/ports/sandbox.ts';
import type { Town } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { type Entry, type UserRepository, userRepository } from '../git/user-repository.ts';
import { type Part, rehearsalModel } from '../rehearsal/script.ts';
import { startRehearsalModel } from '../rehearsal/start-rehearsal-model.ts';
import { type LocalSandboxes, localSandboxes } from '../sandbox/local-sandboxes.ts';

type Files = Readonly<Record<string, Entry>>;

export interface RefinerySetup {
  readonly base: Files;
  readonly settings?: Partial<ConvoySettings>;
  /** The words of the Refinery's agent. */
  readonly parts?: readonly Part[];
  /** Makes another commit the convoy's base, once the repository is there. */
  readonly baseCommit?: () => Promise<string>;
  readonly sandboxes?: (folder: string) => Sandboxes;
  /** Keeps the ledger in the folder as well, so that the whole rig can be copied once it has ended. */
  readonly inFolder?: boolean;
}

/** A convoy whose beads can be closed by hand: real git, a real ledger, a real model endpoint that plays a script. */
export interface RefineryRig {
  readonly town: Town;
  readonly stream: StreamId;
  readonly store: GitStore;
  readonly user: UserRepository;
  readonly base: string;
  /** The commands that were verified; only where the sandboxes are local. */
  readonly local: LocalSandboxes;
  convoy(): Convoy;
  events(): readonly RecordedEvent[];
  happen(...events: readonly NewEvent[]): Promise<void>;
  /** Creates a bead and closes it with a change on top of `from` (default: the base). */
  close(
    bead: number,
    files: Files,
    more?: { readonly needs?: number[]; readonly from?: string },
  ): Promise<string>;
  /** Closes a bead that was returned, again. */
  closeAgain(bead: number, files: Files, from: string): Promise<string>;
  /** The files of a commit as text. */
  files(commit: string): Promise<Record<string, string>>;
  /** Closes what is open; the folder stays. */
  end(): Promise<void>;
}

const stream: StreamId = 'convoy/1/7';

/** Makes all of it in an empty folder. */
export async function refineryRig(folder: string, setup: RefinerySetup): Promise<RefineryRig> {
  const { town, local, end } = await rigTown(folder, setup);
  const user = await userRepository(join(folder, 'user'));
  const first = await user.commit('base', setup.base);
  const store = await town.git.open(1);
  await store.fetch({ url: user.path, token: null }, ['+refs/heads/*:refs/heads/*']);
  const base = (await setup.baseCommit?.()) ?? first;
  const rig: RefineryRig = { ...given(town, store, user, base, local), end };
  await rig.happen(opened(base, { ...settings, ...setup.settings }));
  return rig;
}

/** Goes on with a rig that was made in this folder, or in one that this is a copy of, with its ledger in it. */
export async function reopenRefineryRig(folder: string, setup: RefinerySetup): Promise<RefineryRig> {
  const { town, local, end } = await rigTown(folder, { ...setup, inFolder: true });
  const user = await userRepository(join(folder, 'user'));
  const store = await town.git.open(1);
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null) throw new Error(`no convoy in ${folder}`);
  return { ...given(town, store, user, state.opened.base.commit, local), end };
}

async function rigTown(
  folder: string,
  setup: RefinerySetup,
): Promise<{ readonly town: Town; readonly local: LocalSandboxes; readonly end: () => Promise<void> }> {
  const clock = (): Date => new Date();
  const path = setup.inFolder ? join(folder, 'town.db') : ':memory:';
  const ledger = openLedger({ path, clock });
  const model = await startRehearsalModel({ parts: setup.parts ?? [] });
  const local = localSandboxes(join(folder, 'sandboxes'));
  const names = Object.fromEntries(roleName.options.map((role) => [role, [rehearsalModel(role)]]));
  const town: Town = {
    ledger,
    model: createModelPort({ baseURL: model.baseUrl, apiKey: 'any' }),
    sandboxes: setup.sandboxes?.(folder) ?? local,
    git: createGitStores({ folder: join(folder, 'rigs'), now: Date.now }),
    hubs: {
      hooks: null,
      open: async () => {
        throw new Error('The merge queue has no business with GitHub.');
      },
    },
    roles: await loadRoles({ folder: 'roles' }),
    models: names as unknown as Record<RoleName, [string]>,
    settingsFor: async () => ({ status: 'invalid', problems: ['not asked for here'] }),
    priceOf: () => ({ price: { inputUsd: 1, cachedInputUsd: 0, outputUsd: 2 }, listed: true }),
    clock,
    newId: randomUUID,
    runner: 'test',
    later: setTimeout,
    mirrorPaceMs: 0,
    markerKey: markerKeyFrom('marker'),
    lostCreateMs: 30,
    startedAt: new Date(),
    onProgress: () => undefined,
  };
  const end = async (): Promise<void> => {
    await model.close();
    await ledger.close();
  };
  return { town, local, end };
}

function given(
  town: Town,
  store: GitStore,
  user: UserRepository,
  base: string,
  local: LocalSandboxes,
): Omit<RefineryRig, 'end'> {
  const happen = async (...events: readonly NewEvent[]): Promise<void> => {
    const version = town.ledger.load(stream, convoyFold).version;
    const request = { stream, expected: version === 0 ? 'must-not-exist' : version } as const;
    await town.ledger.append({ ...request, events, actor: 'test', cause: 'test' });
  };
  const convoy = (): Convoy => {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null) throw new Error('no convoy');
    return state;
  };
  const work = async (bead: number, attempt: number, files: Files, from: string): Promise<string> => {
    const made = await store.commitChanges({
      parent: from,
      changes: changesOf(files),
      message: `bead ${bead}\n`,
      author,
    });
    if (made.status !== 'committed') throw new Error(`bead ${bead} changes nothing`);
    const { commit } = made;
    const session = randomUUID();
    const until = '2100-01-01T00:00:00Z';
    const outcome = { kind: 'change', commit, base: from, files: Object.keys(files).length } as const;
    await happen(
      { type: 'LeaseGranted', data: { bead, attempt, session, runner: 'test', until, from } },
      { type: 'BeadClosed', data: { bead, attempt, session, outcome } },
    );
    return commit;
  };
  return {
    town,
    stream,
    store,
    user,
    base,
    local,
    convoy,
    happen,
    events: () => town.ledger.read(stream),
    async close(bead, files, { needs = [], from = base } = {}) {
      const title = `Part ${bead}`;
      await happen(
        {
          type: 'BeadCreated',
          data: { bead, title, description: `Make part ${bead}`, acceptance: '', needs },
        },
        { type: 'BeadSlung', data: { bead, topic: `part ${bead}` } },
      );
      return work(bead, 1, files, from);
    },
    async closeAgain(bead, files, from) {
      return work(bead, (convoy().beads.get(bead)?.attempts ?? 0) + 1, files, from);
    },
    async files(commit) {
      const paths = await store.listFiles(commit, '', { recursive: true, limit: 1000 });
      const texts = paths.map(async (path): Promise<[string, string]> => {
        const bytes = await store.readFile(commit, path, 1_000_000);
        return [path, Buffer.from(bytes ?? []).toString('utf8')];
      });
      return Object.fromEntries(await Promise.all(texts));
    },
  };
}

const author = { name: 'Polecat', email: 'polecat@example.com', at: '2026-01-01T00:00:00Z' };

/** What stood at a path goes first, so that a file may take the place of a folder. */
function changesOf(files: Files): Change[] {
  return Object.entries(files).flatMap(([name, entry]): Change[] => {
    const path = Buffer.from(name);
    const gone: Change = { kind: 'delete', path };
    if (entry === null) return [gone];
    if (typeof entry === 'string' || entry instanceof Uint8Array) {
      return [gone, { kind: 'write', path, mode: '100644', content: Buffer.from(entry) }];
    }
    return 'link' in entry
      ? [gone, { kind: 'write', path, mode: '120000', content: Buffer.from(entry.link) }]
      : [gone, { kind: 'write', path, mode: '100755', content: Buffer.from(entry.executable) }];
  });
}

const settings: ConvoySettings = {
  image: 'gas-town-rig:latest',
  limits: { memoryBytes: 2 ** 29, cpus: 2, processes: 256 },
  network: 'none',
  polecats: 5,
  setup: [],
  verify: 'sh verify.sh',
  verifyTimeoutMs: 60_000,
  attempts: 3,
  budgetUsd: null,
};

const opened = (base: string, own: ConvoySettings): NewEvent => ({
  type: 'ConvoyOpened',
  data: {
    repository: { id: 1, owner: 'ann', name: 'rig' },
    issue: 7,
    kind: 'convoy',
    title: 'Build it',
    body: 'All of it.',
    textHash: 'f'.repeat(64),
    labelledBy: 'ann',
    base: { branch: 'main', commit: base },
    settings: own,
  },
});
