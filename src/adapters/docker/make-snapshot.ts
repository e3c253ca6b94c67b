import { createHash } from 'node:crypto';
import type Dockerode from 'dockerode';
import type { SnapshotRequest, SnapshotResult } from '../../town/ports/sandbox.ts';
import type { Baseline } from './baseline.ts';
import { hardenedContainer, SANDBOX_HOME, SANDBOX_USER } from './container-config.ts';
import { engineCall, engineCallOrNull } from './engine-call.ts';
import { ImageMissing, SandboxFailed } from './errors.ts';
import { keepSnapshot } from './kept-snapshots.ts';
import {
  containerLabels,
  filters,
  label,
  snapshotLabels,
  snapshotRepository,
  snapshotTag,
} from './labels.ts';
import { Lanes } from './lanes.ts';
import type { Settings } from './options.ts';
import { putTree } from './put-tree.ts';
import { removeContainer } from './remove-container.ts';
import { type FailedSetup, runSetup, SETUP_MEMORY_FOLDER } from './run-setup.ts';
import { baselineAfterSetup } from './setup-changes.ts';
import { makeGit } from './throw-away-git.ts';
import { putBaseline, putFolders, putStamp, SETUP_STAMP } from './town-files.ts';

/** Raised when snapshots are made in another way, so that older ones are not taken for new ones. */
const FORMAT = 1;

const keyOf = (imageId: string, request: SnapshotRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, imageId, request.tree, request.setup]))
    .digest('hex');

async function findSnapshot(settings: Settings, key: string): Promise<string | null> {
  const images = await engineCall('looking for a snapshot', () =>
    settings.docker.listImages({
      filters: filters([label.snapshot, key]),
    }),
  );
  return images[0]?.Id ?? null;
}

async function fill(
  container: Dockerode.Container,
  request: SnapshotRequest,
  settings: Settings,
): Promise<FailedSetup | Baseline> {
  await putFolders(container);
  const baseline = await putTree(container, request.files());
  await engineCall('starting a set-up container', () => container.start());
  const lanes = new Lanes(container);
  try {
    if (baseline.bytes <= settings.maxGitBytes) await makeGit(lanes);
    if (request.setup.length === 0) return baseline;
    await putStamp(container);
    const onOutput = request.onOutput ?? (() => undefined);
    const failed = await runSetup(container, lanes, request.setup, settings, onOutput);
    return failed ?? (await baselineAfterSetup(lanes, baseline, SETUP_STAMP, settings.takeOut));
  } finally {
    lanes.close();
  }
}

/** Commits a container with its Env, Cmd, User and labels named one by one, so that none is inherited. */
async function commit(
  container: Dockerode.Container,
  request: SnapshotRequest,
  base: Dockerode.ImageInspectInfo,
  key: string,
  settings: Settings,
): Promise<string> {
  const inherited = base.Config.Env ?? [];
  const committed: { Id: string } = await engineCall('committing a snapshot', () =>
    container.commit({
      _query: {
        container: container.id,
        repo: snapshotRepository(settings.town, request.labels.convoy),
        tag: snapshotTag(key),
        pause: false,
      },
      _body: {
        User: SANDBOX_USER,
        WorkingDir: '/workspace',
        Env: [...inherited.filter((line) => !line.startsWith('HOME=')), `HOME=${SANDBOX_HOME}`],
        Cmd: ['cat'],
        Entrypoint: [''],
        Labels: {
          ...base.Config.Labels,
          ...snapshotLabels(settings.town, key, request.tree),
        },
      },
    }),
  );
  return committed.Id;
}

/** The snapshot's image and, when it was made just now, its baseline. */
export interface MadeSnapshot {
  readonly result: SnapshotResult;
  readonly baseline: Baseline | null;
}

/** Finds or makes the image that holds a tree and what its set-up left. */
export async function makeSnapshot(request: SnapshotRequest, settings: Settings): Promise<MadeSnapshot> {
  const base = await engineCallOrNull('looking at an image', () =>
    settings.docker.getImage(request.image).inspect(),
  );
  if (base === null) throw new ImageMissing(request.image);
  if (base.Config.Volumes?.['/workspace'] !== undefined) {
    const reason = `the image ${request.image} declares /workspace as a volume, which no snapshot can hold`;
    throw new SandboxFailed({ doing: 'making a snapshot', status: null, reason });
  }
  const key = keyOf(base.Id, request);
  const ready = (imageId: string, baseline: Baseline | null): MadeSnapshot => ({
    result: { status: 'ready', snapshot: { imageId, tree: request.tree } },
    baseline,
  });
  const known = await findSnapshot(settings, key);
  if (known !== null) {
    const repo = snapshotRepository(settings.town, request.labels.convoy);
    await engineCall('tagging a snapshot', () =>
      settings.docker.getImage(known).tag({ repo, tag: snapshotTag(key) }),
    );
    return ready(known, null);
  }
  const container = await engineCall('making a set-up container', () =>
    settings.docker.createContainer(
      hardenedContainer({
        image: base.Id,
        limits: request.limits,
        network: request.setup.length > 0 ? 'open' : 'none',
        labels: containerLabels(settings.town, request.labels, request.tree),
        maxFileBytes: settings.maxFileBytes,
        memoryFolders: {
          [SETUP_MEMORY_FOLDER]: 'rw,noexec,nosuid,nodev,size=8m,uid=1000,gid=1000,mode=0755',
        },
      }),
    ),
  );
  try {
    const filled = await fill(container, request, settings);
    if ('command' in filled) return { result: { status: 'setup-failed', ...filled }, baseline: null };
    await putBaseline(container, 'baseline.json', filled);
    await engineCall('stopping a set-up container', () => container.kill());
    const imageId = await commit(container, request, base, key, settings);
    if (request.setup.length > 0) await keepSnapshot(settings, imageId, key);
    return ready(imageId, filled);
  } finally {
    await removeContainer(container);
  }
}
