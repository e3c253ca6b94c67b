import { isDelivered } from '../../domain/bead/derive.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { GitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import { refOf, refsPrefix } from '../../ledger/git-refs/stream-refs.ts';
import { sessionsOf } from './follow-convoy.ts';

/** So many refs are worth a push of their own while the convoy goes on and another is to come. */
const worthPush = 4;

const hasWork = ({ pullRequest }: Convoy): boolean => pullRequest === null;

/**
 * Takes away the refs that nobody needs any more, since every push advertises all that there are: sessions that are over,
 * the work of beads that have landed, and with the convoy's end everything of it. Events are kept in the archive.
 */
export async function clearRefs(ledger: GitLedger, stream: StreamId, convoy: Convoy): Promise<void> {
  const isOver = convoy.ended !== null && convoy.cleared;
  const needed = new Set(isOver ? [] : sessionsOf(convoy));
  const sessions = [
    ...convoy.spentBySession.keys(),
    ...sessionsOf(convoy).map((one) => one.slice('session/'.length)),
  ];
  const standing = new Set(await ledger.list(refsPrefix));
  const streams = [...new Set(sessions.map((id): StreamId => `session/${id}`))].filter(
    (one) => !needed.has(one) && standing.has(refOf(one)),
  );
  const { issue } = convoy.opened;
  const landed = [...convoy.beads.values()].filter((bead) => isOver || isDelivered(bead));
  const others = landed
    .map(({ number }) => `${refsPrefix}work/${issue}.${number}`)
    .filter((ref) => standing.has(ref));
  const candidates = isOver
    ? [...standing].filter((ref) => ref.startsWith(`${refsPrefix}git/${issue}/`))
    : [];
  const idle = streams.length + others.length;
  if (!isOver && (idle === 0 || (idle < worthPush && hasWork(convoy)))) return;
  await ledger.archive(isOver ? [stream, ...streams] : streams, [...others, ...candidates]);
}
