import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { GitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import { sharedRefspecs } from '../../town/dispatch/share-git.ts';
import type { GitStore, Remote } from '../../town/ports/git-store.ts';
import type { RepositoryRef } from '../../town/ports/hub.ts';

/** Brings a convoy's stream here, and those of its sessions that are not over; null where there is no such convoy. */
export async function followConvoy(
  ledger: GitLedger,
  rig: RepositoryRef,
  issue: number,
): Promise<{ readonly stream: StreamId; readonly convoy: Convoy } | null> {
  const stream = convoyStream(rig.id, issue);
  await ledger.follow([stream]);
  const { state } = ledger.load(stream, convoyFold);
  if (state === null) return null;
  await ledger.follow(sessionsOf(state));
  return { stream, convoy: state };
}

/** The sessions that someone may go on with, or tell the next attempt of. */
export function sessionsOf(convoy: Convoy): readonly StreamId[] {
  const ids = [
    ...(convoy.mayor && convoy.mayor.reported === null ? [convoy.mayor.session] : []),
    ...convoy.refinery.flatMap(({ session, verdict }) => (verdict === null ? [session] : [])),
    ...[...convoy.beads.values()].flatMap(({ lease }) => lease?.session ?? []),
  ];
  return [...new Set(ids)].map((id): StreamId => `session/${id}`);
}

/** Brings a convoy's commits into a bare repository that has none: its base, its beads' work, its candidates. */
export async function fetchConvoyCommits(store: GitStore, remote: Remote, { opened }: Convoy): Promise<void> {
  const { branch } = opened.base;
  await store.fetch(remote, [
    `+refs/heads/${branch}*:refs/gas-town/base/${branch}*`,
    ...sharedRefspecs(opened.issue),
  ]);
}
