import type Dockerode from 'dockerode';
import type { Lanes } from '../shell/lanes.ts';
import type { Baseline } from '../snapshot/baseline.ts';
import { readArchive } from './archive-workspace.ts';
import type { BytePath } from './byte-path.ts';
import { type ImageTools, type Listing, listWorkspace } from './list-workspace.ts';
import { type ReadFile, readFiles } from './read-files.ts';

/** What changed in a workspace, and a way to read it. */
export interface Survey {
  readonly listing: Listing;
  /** What can't be read is missing from the answer. */
  read(paths: readonly BytePath[], maxBytes: number): Promise<ReadonlyMap<BytePath, ReadFile>>;
}

/**
 * Looks at what changed after the file `stamp` did: by the container's own tools, or by the engine's archive of the whole
 * workspace where the image has none that can.
 */
export async function surveyWorkspace(
  container: Dockerode.Container,
  lanes: Lanes,
  baseline: Baseline,
  stamp: string,
  tools: ImageTools = { areKnown: false },
): Promise<Survey> {
  const listing = await listWorkspace(lanes, baseline, stamp, tools);
  if (listing === null) return readArchive(container, baseline);
  return { listing, read: (paths, maxBytes) => readFiles(lanes, paths, maxBytes) };
}
