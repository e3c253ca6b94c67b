import type Dockerode from 'dockerode';
import { touchesSetup } from '../../../domain/convoy/setup-inputs.ts';
import type { SnapshotRequest, TreeDifference } from '../../../town/ports/sandbox.ts';
import type { Settings } from '../engine/options.ts';
import type { Lanes } from '../shell/lanes.ts';
import { readable } from '../take-out/byte-path.ts';
import { surveyWorkspace } from '../take-out/survey-workspace.ts';
import { applyDifference } from './apply-difference.ts';
import { type Baseline, changeBetween, withChange } from './baseline.ts';
import { mustHaveTools } from './needed-tools.ts';
import { putTree } from './put-tree.ts';
import { type FailedSetup, runSetup } from './run-setup.ts';
import { baselineAfterSetup } from './setup-changes.ts';
import { commitGit, makeGit } from './throw-away-git.ts';
import { putBaseline, putFolders, putStamp, SETUP_STAMP } from './town-files.ts';

export type Built =
  | { readonly status: 'built'; readonly baseline: Baseline }
  | ({ readonly status: 'setup-failed' } & FailedSetup);

/** A container that waits to be filled, and what starts it. */
export interface SetupContainer {
  readonly container: Dockerode.Container;
  readonly start: () => Promise<Lanes>;
}

async function setUp(
  container: Dockerode.Container,
  lanes: Lanes,
  baseline: Baseline,
  request: SnapshotRequest,
  settings: Settings,
): Promise<Built> {
  if (request.setup.length === 0) return { status: 'built', baseline };
  await putStamp(container);
  const onOutput = request.onOutput ?? (() => undefined);
  const failed = await runSetup(container, lanes, request.setup, settings, onOutput);
  if (failed !== null) return { status: 'setup-failed', ...failed };
  const survey = await surveyWorkspace(container, lanes, baseline, SETUP_STAMP);
  const after = await baselineAfterSetup(survey, baseline, settings.takeOut);
  return { status: 'built', baseline: after };
}

/** Fills a new container with a whole tree and runs the set-up in it. */
export async function buildFromNothing(
  { container, start }: SetupContainer,
  request: SnapshotRequest,
  settings: Settings,
): Promise<Built> {
  await putFolders(container);
  const tree = await putTree(container, request.files());
  const lanes = await start();
  try {
    const image = { name: request.image, convoy: request.labels.convoy };
    await mustHaveTools(container, lanes, image, settings);
    if (tree.bytes <= settings.maxGitBytes) await makeGit(lanes);
    const built = await setUp(container, lanes, tree, request, settings);
    if (built.status === 'built') await putBaseline(container, 0, built.baseline);
    return built;
  } finally {
    lanes.close();
  }
}

/**
 * Turns a new container on an earlier snapshot, whose baseline is `before`, into the tree. The set-up runs again only where
 * its inputs changed, and the container only where something has to run in it.
 */
export async function buildOnPredecessor(
  { container, start }: SetupContainer,
  layer: number,
  before: Baseline,
  request: SnapshotRequest,
  difference: TreeDifference,
  settings: Settings,
): Promise<Built> {
  let lanes: Lanes | null = null;
  const shells = async (): Promise<Lanes> => {
    lanes ??= await start();
    return lanes;
  };
  try {
    const change =
      difference.deleted.length === 0
        ? await putTree(container, difference.files())
        : await applyDifference(container, await shells(), difference);
    const tree = withChange(before, change);
    if (before.bytes <= settings.maxGitBytes) await commitGit(await shells(), change);
    const changed = [...change.entries.keys()].map(readable);
    const stale = request.line !== undefined && touchesSetup(request.line.setupInputs, changed);
    if (!stale || request.setup.length === 0) {
      await putBaseline(container, layer, change);
      return { status: 'built', baseline: tree };
    }
    const built = await setUp(container, await shells(), tree, request, settings);
    if (built.status === 'built') {
      await putBaseline(container, layer, changeBetween(before, built.baseline));
    }
    return built;
  } finally {
    closeIfOpen(lanes);
  }
}

const closeIfOpen = (lanes: Lanes | null): void => lanes?.close();
