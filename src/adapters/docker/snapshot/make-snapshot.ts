import { createHash } from 'node:crypto';
import type Dockerode from 'dockerode';
import type { SnapshotRequest, SnapshotResult, TreeDifference } from '../../../town/ports/sandbox.ts';
import { proxyEnv, type StartedProxy, startProxy } from '../egress/start-proxy.ts';
import { hardenedContainer } from '../engine/container-config.ts';
import { engineCall, engineCallOrNull } from '../engine/engine-call.ts';
import { ImageMissing, SandboxFailed } from '../engine/errors.ts';
import {
  containerLabels,
  filters,
  label,
  newContainerName,
  snapshotRepository,
  snapshotTag,
} from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';
import { removeContainer } from '../engine/remove-container.ts';
import { firstLane, newFarewell } from '../shell/lane.ts';
import { Lanes } from '../shell/lanes.ts';
import type { Baseline } from './baseline.ts';
import { type Built, buildFromNothing, buildOnPredecessor, type SetupContainer } from './build-snapshot.ts';
import { commitSnapshot } from './commit-snapshot.ts';
import { keepSnapshot } from './kept-snapshots.ts';
import { SETUP_MEMORY_FOLDER } from './run-setup.ts';
import { findPredecessor, holdLatest, letOldLinesGo, lineKey, type Predecessor } from './snapshot-line.ts';
import { getBaseline } from './town-files.ts';

/** Raised when snapshots are made in another way, so that older ones are not taken for new ones. */
const FORMAT = 2;

const keyOf = (imageId: string, request: SnapshotRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, imageId, request.tree, request.setup]))
    .digest('hex');

/** The image of a snapshot that is there already, held for the convoy from now on; null when there is none. */
async function takeKnown(settings: Settings, key: string, convoy: string): Promise<string | null> {
  const { docker, town } = settings;
  const images = await engineCall('looking for a snapshot', () =>
    docker.listImages({ filters: filters([label.snapshot, key]) }),
  );
  const imageId = images[0]?.Id;
  if (imageId === undefined) return null;
  const repo = snapshotRepository(town, convoy);
  // It may go with its last convoy just now.
  const held = await engineCallOrNull('tagging a snapshot', () =>
    docker
      .getImage(imageId)
      .tag({ repo, tag: snapshotTag(key) })
      .then(() => true),
  );
  return held === null ? null : imageId;
}

async function baseImage(settings: Settings, image: string): Promise<Dockerode.ImageInspectInfo> {
  const base = await engineCallOrNull('looking at an image', () => settings.docker.getImage(image).inspect());
  if (base === null) throw new ImageMissing(image);
  if (base.Config.Volumes?.['/workspace'] !== undefined) {
    const reason = `the image ${image} declares /workspace as a volume, which no snapshot can hold`;
    throw new SandboxFailed({ doing: 'making a snapshot', status: null, reason });
  }
  return base;
}

interface Plan {
  readonly predecessor: Predecessor;
  readonly difference: TreeDifference;
}

async function planOf(request: SnapshotRequest, settings: Settings, line: string): Promise<Plan | null> {
  const predecessor = await findPredecessor(settings, line);
  if (predecessor === null || request.line === undefined) return null;
  const difference = await request.line.differenceFrom(predecessor.tree);
  return difference === null ? null : { predecessor, difference };
}

/** The snapshot's image and, when it was made just now, its baseline. */
export interface MadeSnapshot {
  readonly result: SnapshotResult;
  readonly baseline: Baseline | null;
}

async function build(
  container: SetupContainer,
  request: SnapshotRequest,
  plan: Plan | null,
  settings: Settings,
  baselines: ReadonlyMap<string, Baseline>,
): Promise<Built> {
  if (plan === null) return buildFromNothing(container, request, settings);
  const layer = plan.predecessor.depth + 1;
  const before = baselines.get(plan.predecessor.imageId) ?? (await getBaseline(container.container));
  return buildOnPredecessor(container, layer, before, request, plan.difference, settings);
}

/** The way out that set-up commands get, where it is not the open network. */
async function egressFor(request: SnapshotRequest, settings: Settings): Promise<StartedProxy | null> {
  if (settings.egress === null || request.setup.length === 0) return null;
  const place = { labels: request.labels, name: 'egress' } as const;
  return startProxy(settings, settings.egress, place, (egress) => {
    settings.onEgress(egress, { convoy: request.labels.convoy, by: 'setup' });
    if (egress.refused === null) return;
    request.onOutput?.(`[egress] ${egress.host}:${egress.port} refused: ${egress.refused}\n`);
  });
}

async function setupContainer(
  request: SnapshotRequest,
  settings: Settings,
  image: string,
  network: string,
): Promise<SetupContainer> {
  const farewell = newFarewell();
  const container = await engineCall('making a set-up container', () =>
    settings.docker.createContainer({
      name: newContainerName(settings.town, ''),
      ...hardenedContainer({
        image,
        limits: request.limits,
        network,
        labels: containerLabels(settings.town, request.labels, request.tree),
        maxFileBytes: settings.maxFileBytes,
        command: firstLane(farewell),
        memoryFolders: {
          [SETUP_MEMORY_FOLDER]: 'rw,noexec,nosuid,nodev,size=8m,uid=1000,gid=1000,mode=0755',
        },
      }),
    }),
  );
  return { container, start: () => Lanes.start(container, farewell) };
}

/** Finds or makes the image that holds a tree and what its set-up left. `baselines` are those known by image already. */
export async function makeSnapshot(
  request: SnapshotRequest,
  settings: Settings,
  baselines: ReadonlyMap<string, Baseline>,
): Promise<MadeSnapshot> {
  const base = await baseImage(settings, request.image);
  const { convoy } = request.labels;
  const key = keyOf(base.Id, request);
  const ready = (imageId: string, baseline: Baseline | null): MadeSnapshot => ({
    result: { status: 'ready', snapshot: { imageId, tree: request.tree } },
    baseline,
  });
  const known = await takeKnown(settings, key, convoy);
  if (known !== null) return ready(known, null);
  const line = lineKey(base.Id, request);
  const plan = await planOf(request, settings, line);
  const egress = await egressFor(request, settings);
  try {
    const network = request.setup.length === 0 ? 'bare' : (egress?.network ?? 'open');
    const from = plan?.predecessor.imageId ?? base.Id;
    const made = await setupContainer(request, settings, from, network);
    const { container } = made;
    try {
      const setupEnv = [...(egress === null ? [] : proxyEnv), ...settings.setupEnv];
      const built = await build(made, request, plan, { ...settings, setupEnv }, baselines);
      if (built.status === 'setup-failed') return { result: built, baseline: null };
      const facts = { key, tree: request.tree, line, depth: plan === null ? 0 : plan.predecessor.depth + 1 };
      const imageId = await commitSnapshot(container, base, facts, convoy, settings);
      if (request.setup.length > 0) await keepSnapshot(settings, imageId, key);
      await holdLatest(settings, line, imageId);
      if (line !== '') await letOldLinesGo(settings);
      return ready(imageId, built.baseline);
    } finally {
      await removeContainer(container);
    }
  } finally {
    await egress?.remove();
  }
}
