import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { type Clock, machineClock } from '../../adapters/github/pace/clock.ts';
import type { Pace } from '../../adapters/github/pace/pace.ts';
import { loadRoles } from '../../agent/load-roles.ts';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoySettings } from '../../domain/convoy/settings.ts';
import type { Convoy, ConvoyState } from '../../domain/convoy/state.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { ForgeOptions } from '../../forge/index.ts';
import type { WorkingLedger } from '../../ledger/assemble-ledger.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { type OpenTown, openTown } from '../../town/open-town.ts';
import type { Progress, Town } from '../../town/town.ts';
import { settings } from '../convoy/convoy-events.ts';
import { temporaryFolder } from '../git/temporary-folder.ts';
import type { RehearsalScript } from '../rehearsal/script.ts';
import {
  type RehearsalModel,
  type RehearsalOptions,
  startRehearsalModel,
} from '../rehearsal/start-rehearsal-model.ts';
import { localSandboxes } from '../sandbox/local-sandboxes.ts';
import { type Delivery, type OwnGitHub, startOwnGitHub } from './own-github.ts';
import { sharedParts } from './shared-parts.ts';

export interface TownSetup {
  /** What the models say; left out: none may be asked. */
  readonly script?: RehearsalScript;
  readonly settings?: Partial<ConvoySettings>;
  readonly files?: Readonly<Record<string, string>>;
  readonly forge?: ForgeOptions | ((model: RehearsalModel) => Promise<ForgeOptions>);
  /** How fast the App writes; left out: without pauses. */
  readonly pace?: Pace;
  /** The one clock of the town, its App and GitHub; left out: the machine's. */
  readonly clock?: Clock;
  /** How the model's endpoint misbehaves, and how fast it is. */
  readonly rehearsal?: RehearsalOptions;
  /** Deliveries that never arrive. */
  readonly drops?: (delivery: Delivery) => boolean;
  /** Parts that take the place of the usual ones. */
  readonly parts?: (parts: Town, at: TownPlace) => Partial<Town>;
}

/** Where a town under test stands. */
export interface TownPlace {
  readonly github: OwnGitHub;
  readonly ledger: WorkingLedger;
  readonly folder: string;
}

/** A town on real parts: GitHub over HTTP, the App's own door, a ledger on disk, git; only the containers are folders. */
export interface TownUnderTest {
  readonly github: OwnGitHub;
  readonly ledger: Ledger;
  readonly model: RehearsalModel;
  readonly troubles: readonly Extract<Progress, { kind: 'trouble' }>[];
  /** Every delivery that came through the door, in order. */
  readonly deliveries: readonly Delivery[];
  /** Sends a delivery in once more, behind the door. */
  receive(delivery: Delivery): Promise<'new' | 'known'>;
  /** Opens an issue; the label is set by `by` (default: the owner). */
  issue(issue: { title: string; body?: string }): Promise<number>;
  label(issue: number, label: string, by?: OwnGitHub['owner']): Promise<void>;
  convoy(issue: number): Convoy;
  /** Resolves with the convoy once something is true of it, without asking again and again. */
  until(issue: number, is: (convoy: Convoy) => boolean): Promise<Convoy>;
  events(): readonly RecordedEvent[];
  /** Resolves when every webhook has been sent, taken and handled, or put off. */
  quiet(): Promise<void>;
  /** Resolves when GitHub shows all that the ledger says, also what it refused before. */
  caughtUp(): Promise<void>;
  /** Lets the town compare GitHub with its ledger, and waits until what came of it is handled. */
  reconcile(): Promise<void>;
  /** Stops the town, moves its clock on, and starts it anew on the same ledger. */
  restart(laterMs?: number): Promise<void>;
}

/** Opens all of it; when the running test is over it is closed, and nothing is left. */
export async function townUnderTest(setup: TownSetup = {}): Promise<TownUnderTest> {
  const folder = await temporaryFolder();
  const model = await startRehearsalModel(setup.script ?? { parts: [] }, setup.rehearsal);
  const deliveries: Delivery[] = [];
  const troubles: Extract<Progress, { kind: 'trouble' }>[] = [];
  const open: { town: OpenTown | null } = { town: null };
  const receive = async (delivery: Delivery): Promise<'new' | 'known'> => {
    if (open.town === null) throw new Error('the town is not open');
    return open.town.receive(delivery);
  };
  const github = await startOwnGitHub(
    async (delivery) => {
      if (setup.drops?.(delivery)) return;
      deliveries.push(delivery);
      await receive(delivery);
    },
    typeof setup.forge === 'function' ? await setup.forge(model) : setup.forge,
    setup.pace,
    setup.clock,
  );
  await fill(github, setup.files ?? { 'README.md': 'A thing.\n' });
  let ahead = 0;
  const { now, secondMs } = setup.clock ?? machineClock;
  const clock = (): Date => new Date(now().getTime() + ahead);
  const ledger = openLedger({ path: join(folder, 'town.db'), clock });
  const usual: Town = {
    ...(await partsOf(folder, github, model, ledger, clock)),
    later: (work, ms) => setTimeout(work, (ms / 1000) * secondMs),
    settingsFor: async () => ({ status: 'ok', settings: { ...settings, verify: 'true', ...setup.settings } }),
    onProgress: (progress) => {
      if (progress.kind === 'trouble') troubles.push(progress);
    },
  };
  const parts = { ...usual, ...setup.parts?.(usual, { github, ledger, folder }) };
  open.town = openTown(parts);
  onTestFinished(async () => {
    await open.town?.close();
    await github.close();
    await model.close();
    await ledger.close();
  });
  const quiet = async (): Promise<void> => {
    await github.forge.deliveriesSettled();
    await open.town?.inboxEmpty();
    await open.town?.mirrored();
    await open.town?.runsFollowed();
  };
  return {
    ...asked(github, ledger),
    github,
    ledger,
    model,
    troubles,
    deliveries,
    receive,
    quiet,
    caughtUp: async () => {
      await open.town?.caughtUp();
    },
    reconcile: async () => {
      await open.town?.reconcile();
      await quiet();
    },
    restart: async (laterMs = 0) => {
      await open.town?.close();
      ahead += laterMs;
      open.town = openTown(parts);
    },
  };
}

type Asked = Pick<TownUnderTest, 'issue' | 'label' | 'convoy' | 'until' | 'events'>;

/** What a test does and sees through GitHub and the ledger alone. */
function asked(github: OwnGitHub, ledger: Ledger): Asked {
  const { id, owner, repo } = github.repository;
  const state = (issue: number): ConvoyState => ledger.load(convoyStream(id, issue), convoyFold).state;
  return {
    issue: async ({ title, body = '' }) =>
      (await github.owner.rest.issues.create({ owner, repo, title, body })).data.number,
    label: async (issue_number, label, by = github.owner) => {
      await by.rest.issues.setLabels({ owner, repo, issue_number, labels: [label] });
    },
    convoy: (issue) => {
      const convoy = state(issue);
      if (convoy === null) throw new Error(`issue ${issue} is no convoy`);
      return convoy;
    },
    until: (issue, is) => {
      const { promise, resolve } = Promise.withResolvers<Convoy>();
      const look = (): void => {
        const convoy = state(issue);
        if (convoy !== null && is(convoy)) resolve(convoy);
      };
      const subscription = ledger.subscribe({ after: 'now', handle: look, onError: () => null });
      look();
      return promise.finally(() => subscription.close());
    },
    events: () => ledger.readAll(0, 1_000_000),
  };
}

async function partsOf(
  folder: string,
  github: OwnGitHub,
  model: RehearsalModel,
  ledger: Ledger,
  clock: () => Date,
): Promise<Omit<Town, 'settingsFor' | 'onProgress'>> {
  return {
    ...sharedParts(model, clock),
    roles: await loadRoles({ folder: 'roles' }),
    ledger,
    hubs: createHubs(github.hubs),
    runner: 'test',
    sandboxes: localSandboxes(join(folder, 'sandboxes')),
    git: createGitStores({ folder: join(folder, 'rigs'), now: Date.now }),
  };
}

async function fill(github: OwnGitHub, files: Readonly<Record<string, string>>): Promise<void> {
  const { owner, repo } = github.repository;
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text).toString('base64');
    const message = `Add ${path}`;
    await github.owner.rest.repos.createOrUpdateFileContents({ owner, repo, path, content, message });
  }
}
