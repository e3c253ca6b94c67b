import { createHash } from 'node:crypto';
import type { SnapshotRequest } from '../../../town/ports/sandbox.ts';
import { engineCall, engineCallOrNull } from '../engine/engine-call.ts';
import { filters, label, lineRepositories, lineRepository } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';

/** Layers slow every start a little; after so many a snapshot is made from nothing again. */
const MOST_LAYERS = 50;

/** The snapshot that a new one is made from. */
export interface Predecessor {
  readonly imageId: string;
  readonly tree: string;
  readonly depth: number;
}

/** Names what may follow what: the same rig on the same image with the same set-up. Empty without a line. */
export function lineKey(imageId: string, request: SnapshotRequest): string {
  if (request.line === undefined) return '';
  const facts = JSON.stringify([imageId, request.setup, request.line.name]);
  return createHash('sha256').update(facts).digest('hex').slice(0, 32);
}

/** The latest snapshot of a line that more may be stacked on, or null. */
export async function findPredecessor(settings: Settings, line: string): Promise<Predecessor | null> {
  if (line === '') return null;
  const images = await engineCall('looking for an earlier snapshot', () =>
    settings.docker.listImages({ filters: filters([label.town, settings.town], [label.line, line]) }),
  );
  const latest = images.sort((a, b) => b.Created - a.Created)[0];
  const tree = latest?.Labels?.[label.tree];
  const depth = Number(latest?.Labels?.[label.depth]);
  if (latest === undefined || tree === undefined || !(depth < MOST_LAYERS)) return null;
  return { imageId: latest.Id, tree, depth };
}

/** Lets the line go on from this snapshot; the one before is free to go with its convoy. */
export async function holdLatest(settings: Settings, line: string, imageId: string): Promise<void> {
  if (line === '') return;
  const { docker, town } = settings;
  const before = await engineCallOrNull('looking at an earlier snapshot', () =>
    docker.getImage(`${lineRepository(town)}:${line}`).inspect(),
  );
  await engineCall('holding a snapshot', () =>
    docker.getImage(imageId).tag({ repo: lineRepository(town), tag: line }),
  );
  // Without a tag it would lie about as a nameless image; 409: a newer one stands on it, or a container runs on it.
  if (before === null || before.Id === imageId || before.RepoTags.length > 1) return;
  await engineCallOrNull('letting a snapshot go', () => docker.getImage(before.Id).remove(), [409]);
}

/** Lets the lines go that were longest without a new snapshot, of whatever town, so that many rigs don't fill the disk. */
export async function letOldLinesGo({ docker, keptLines }: Settings): Promise<void> {
  const lines = await engineCall('listing lines of snapshots', () =>
    docker.listImages({ filters: { reference: [`${lineRepositories}/*:*`] } }),
  );
  const old = lines.sort((a, b) => b.Created - a.Created).slice(keptLines);
  for (const tag of old.flatMap((image) => image.RepoTags ?? [])) {
    if (!tag.startsWith(`${lineRepositories}/`)) continue;
    // 409: a container runs on it.
    await engineCallOrNull('letting a snapshot go', () => docker.getImage(tag).remove(), [409]);
  }
}
