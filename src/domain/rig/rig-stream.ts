import type { StreamId } from '../event.ts';

/** The stream of a repository as a whole. */
export function rigStream(repositoryId: number): StreamId {
  return `rig/${repositoryId}`;
}
