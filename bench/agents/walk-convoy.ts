import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGitStores } from '../../src/adapters/git/create-git-stores.ts';
import { createHubs } from '../../src/adapters/github/create-hubs.ts';
import { createModelPort } from '../../src/adapters/openai/create-model-port.ts';
import { loadRoles } from '../../src/agent/load-roles.ts';
import type { ConvoySettings } from '../../src/domain/convoy/settings.ts';
import type { Convoy } from '../../src/domain/convoy/state.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { roleName } from '../../src/domain/session/events.ts';
import { localMirrorPaceMs } from '../../src/entry/run/assemble-town.ts';
import { watchConvoy } from '../../src/entry/run/await-convoy.ts';
import { type LocalGitHub, startLocalGitHub } from '../../src/entry/run/local-github.ts';
import { orderTask } from '../../src/entry/run/order-task.ts';
import { newUuidV7 } from '../../src/ledger/log/uuid.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import type { Ledger } from '../../src/ledger/ports/ledger.ts';
import { userRepository } from '../../src/testing/git/user-repository.ts';
import { rehearsalModel } from '../../src/testing/rehearsal/script.ts';
import type { RehearsalModel } from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import { localSandboxes } from '../../src/testing/sandbox/local-sandboxes.ts';
import { type OpenTown, openTown } from '../../src/town/open-town.ts';
import type { Town } from '../../src/town/town.ts';
import { markerKeyFrom } from '../../src/town/voice/marker.ts';

type RunningModel = Pick<RehearsalModel, 'baseUrl' | 'close'>;

export interface ConvoySetup {
  readonly files?: Readonly<Record<string, string>>;
  /** Closed with the rest. */
  readonly model: RunningModel;
  readonly settings?: Partial<ConvoySettings>;
  readonly town?: Partial<Town>;
}

/** A convoy that has been walked to its end, and all that it ran on, still open. */
export interface WalkedConvoy {
  readonly ledger: Ledger;
  readonly github: LocalGitHub;
  readonly model: RunningModel;
  /** The convoy once its pull request is open or it has ended. */
  readonly convoy: Convoy;
  /** All events of the convoy's stream, and of all sessions. */
  events(): readonly RecordedEvent[];
  close(): Promise<void>;
}

const rolesFolder = fileURLToPath(new URL('../../roles', import.meta.url));
const task = 'Build what the beads say.';

const settingsOf = (wishes: Partial<ConvoySettings>): ConvoySettings => ({
  image: 'local',
  limits: { memoryBytes: 512 * 2 ** 20, cpus: 2, processes: 256 },
  network: 'none',
  polecats: 5,
  setup: [],
  verify: 'true',
  verifyTimeoutMs: 30_000,
  attempts: 3,
  budgetUsd: null,
  ...wishes,
});

/**
 * Walks a whole convoy: an issue labelled on a real GitHub stand-in, webhooks, the App, the ledger, real git, a scripted model
 * over HTTP. The containers are folders of this machine where the setup brings no others.
 */
export async function walkConvoy(setup: ConvoySetup, folder: string): Promise<WalkedConvoy> {
  const repository = await userRepository(join(folder, 'rig'));
  const head = await repository.commit('Begin', { 'README.md': 'A rig.\n', ...setup.files });
  const ledger = openLedger({ path: join(folder, 'beads.db'), clock: () => new Date() });
  const { model } = setup;
  const open: { town: OpenTown | null } = { town: null };
  const workspace = { folder: repository.path, head, branch: 'main', wasEmpty: false };
  const github = await startLocalGitHub(folder, workspace, async (delivery) => {
    await open.town?.receive(delivery);
  });
  const town = await assemble(setup, folder, ledger, github, model);
  open.town = openTown(town);
  const working = open.town;
  const close = async (): Promise<void> => {
    await working.close();
    await github.close();
    await model.close();
    await ledger.close();
  };
  try {
    await github.listen();
    const convoy = await order(github, ledger);
    await working.mirrored();
    return { ledger, github, model, convoy, events: () => ledger.readAll(0, 1_000_000), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Labels an issue, and gives the convoy when it is over. */
async function order(github: LocalGitHub, ledger: Ledger): Promise<Convoy> {
  const watch = watchConvoy(ledger, await orderTask(github, ledger, task));
  try {
    return await watch.over;
  } finally {
    await watch.close();
  }
}

async function assemble(
  setup: ConvoySetup,
  folder: string,
  ledger: Ledger,
  github: LocalGitHub,
  model: RunningModel,
): Promise<Town> {
  const settings = settingsOf(setup.settings ?? {});
  const clock = () => new Date();
  const models = Object.fromEntries(roleName.options.map((role) => [role, [rehearsalModel(role)]]));
  return {
    ledger,
    hubs: createHubs(github.hubs),
    roles: await loadRoles({ folder: rolesFolder }),
    models: models as unknown as Town['models'],
    settingsFor: async () => ({ status: 'ok', settings }),
    later: setTimeout,
    mirrorPaceMs: localMirrorPaceMs,
    markerKey: markerKeyFrom('marker'),
    lostCreateMs: 1000,
    startedAt: new Date(),
    onProgress: () => undefined,
    clock,
    newId: () => newUuidV7(clock),
    runner: `test:${process.pid}`,
    priceOf: () => ({ price: { inputUsd: 1, cachedInputUsd: 1, outputUsd: 1 }, listed: true }),
    model: createModelPort({ baseURL: model.baseUrl, apiKey: 'any' }),
    sandboxes: localSandboxes(join(folder, 'sandboxes')),
    git: createGitStores({ folder: join(folder, 'rigs'), now: Date.now }),
    ...setup.town,
  };
}
