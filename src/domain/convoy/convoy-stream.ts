import type { StreamId } from '../event.ts';

/** The stream of the convoy that an issue ordered. */
export function convoyStream(repositoryId: number, issue: number): StreamId {
  return `convoy/${repositoryId}/${issue}`;
}

/** The repository and issue that a convoy's stream names; null for a stream of another kind. */
export function parseConvoyStream(
  stream: string,
): { readonly repositoryId: number; readonly issue: number } | null {
  const match = /^convoy\/(\d+)\/(\d+)$/.exec(stream);
  return match ? { repositoryId: Number(match[1]), issue: Number(match[2]) } : null;
}
