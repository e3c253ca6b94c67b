import { join } from 'node:path';
import type Dockerode from 'dockerode';
import { createSandboxes, type DockerSandboxes } from '../adapters/docker/create-sandboxes.ts';
import { createGitStores } from '../adapters/git/create-git-stores.ts';
import { noPatience, type PushPatience } from '../adapters/git/run-push.ts';
import { createModelPort } from '../adapters/openai/create-model-port.ts';
import type { Role } from '../agent/role.ts';
import { registries } from '../domain/config/registries.ts';
import type { RoleName } from '../domain/session/events.ts';
import { newUuidV7 } from '../ledger/log/uuid.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';
import { liveConvoys } from '../town/live-convoys.ts';
import type { GitStores } from '../town/ports/git-store.ts';
import type { Hubs } from '../town/ports/hub.ts';
import { withRigRoles } from '../town/session/rig-roles.ts';
import type { Town } from '../town/town.ts';
import type { MarkerKey } from '../town/voice/marker.ts';
import { rigImage } from './check-machine.ts';
import { createEgressLog } from './egress-log.ts';
import type { Endpoint } from './model-endpoint.ts';
import { priceOf } from './model-prices.ts';

export interface TownParts {
  readonly ledger: Ledger;
  readonly docker: Dockerode;
  readonly endpoint: Endpoint;
  readonly hubs: Hubs;
  /** Holds a bare repository for each rig. */
  readonly folder: string;
  /** Tells this town's containers from those of others on the same engine. */
  readonly name: string;
  readonly roles: ReadonlyMap<RoleName, Role>;
  readonly models: Town['models'];
  readonly settingsFor: Town['settingsFor'];
  readonly markerKey: MarkerKey;
  readonly mirrorPaceMs: number;
  /** Left out: what GitHub itself needs until it surely shows what it did. */
  readonly lostCreateMs?: number;
  /** Certificates that set-up commands in containers trust. */
  readonly caBundle: Buffer | null;
  readonly onProgress: Town['onProgress'];
  /** False for a process that leaves the engine alone. */
  readonly startsContainers?: boolean;
  /** This process among all that may hold a lease. Default: its name and process id. */
  readonly runner?: string;
  readonly runs?: Town['runs'];
  readonly anchorOf?: Town['anchorOf'];
  /** Default: a push that a remote does not take is not made again; its step is. */
  readonly pushPatience?: PushPatience;
  /** Stands between the town and its bare repositories. */
  readonly shareGit?: (stores: GitStores) => GitStores;
}

/** Snapshots with a set-up that stay on the engine for the next convoy of the same base. */
const keptSnapshots = 4;

/** GitHub shows what it did within seconds as a rule; a minute is what nobody has seen it exceed. */
const gitHubShowsWithinMs = 60_000;

/** Containers that run ahead of need for each snapshot in use. */
const warmContainers = 1;

/** Where the bare repositories of a town's rigs are. */
export const rigsFolder = (folder: string): string => join(folder, 'rigs');

export interface BuiltTown extends Town {
  readonly sandboxes: DockerSandboxes;
}

/** Wires the real parts together, and removes from the engine what an earlier process of the same town left running. */
export async function buildTown(parts: TownParts): Promise<BuiltTown> {
  const { ledger, docker, endpoint, hubs, name, roles, models, settingsFor, onProgress } = parts;
  const {
    markerKey,
    mirrorPaceMs,
    shareGit = (stores) => stores,
    pushPatience: patience = noPatience,
  } = parts;
  const clock = (): Date => new Date();
  const caBundle = parts.caBundle === null ? {} : { caBundle: parts.caBundle };
  const egressLog = createEgressLog(parts.folder, (error) =>
    process.emitWarning(`What containers asked the network for could not be kept: ${String(error)}`),
  );
  const sandboxes = createSandboxes({
    docker,
    town: name,
    keptSnapshots,
    warm: warmContainers,
    toolsImage: rigImage,
    egress: { image: rigImage, allow: registries },
    onEgress: (egress, asker) => egressLog.add({ at: clock().toISOString(), ...asker, ...egress }),
    ...caBundle,
  });
  if (parts.startsContainers !== false) await sandboxes.removeOrphans(liveConvoys(ledger));
  return {
    ledger,
    hubs,
    roles,
    models,
    settingsFor: withRigRoles(settingsFor, roles),
    markerKey,
    lostCreateMs: parts.lostCreateMs ?? gitHubShowsWithinMs,
    startedAt: clock(),
    mirrorPaceMs,
    onProgress,
    clock,
    later: setTimeout,
    newId: () => newUuidV7(clock),
    runner: parts.runner ?? `${name}:${process.pid}`,
    ...(parts.runs === undefined ? {} : { runs: parts.runs }),
    ...(parts.anchorOf === undefined ? {} : { anchorOf: parts.anchorOf }),
    priceOf,
    model: createModelPort(endpoint),
    sandboxes,
    git: shareGit(createGitStores({ folder: rigsFolder(parts.folder), now: Date.now, patience })),
  };
}
