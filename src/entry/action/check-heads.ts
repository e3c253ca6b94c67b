import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { newestAnchor } from '../../town/voice/anchor-marker.ts';
import type { ActionTown } from './action-town.ts';
import type { Job } from './job-task.ts';

/** Comments of any age. */
const everSince = '1970-01-01T00:00:00Z';

/**
 * Compares a convoy's stream with the head that its status comment was last made from. Throws `not-descended` where someone
 * rewrote the refs, which a runner that starts with nothing could not know by itself.
 */
export async function checkHeads(
  { town, ledger }: Pick<ActionTown, 'town' | 'ledger'>,
  { rig }: Job,
  { stream, issue }: { readonly stream: StreamId; readonly issue: number },
): Promise<void> {
  const comments = await (await town.hubs.open(rig)).listComments(issue, everSince);
  const own = comments.filter(({ ours }) => ours).map(({ body }) => body);
  const anchor = newestAnchor(town.markerKey, stream, own);
  if (anchor === null) return;
  // The comment may be newer than what was fetched before it was read.
  if (ledger.load(stream, convoyFold).version < anchor.version) await ledger.follow([stream]);
  ledger.checkAnchor({ stream, ...anchor });
}
