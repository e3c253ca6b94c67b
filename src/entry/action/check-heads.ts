import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { LedgerError } from '../../ledger/ledger-error.ts';
import type { Hub, HubComment } from '../../town/ports/hub.ts';
import { newestAnchor } from '../../town/voice/anchor-marker.ts';
import { rewrittenText } from '../../town/voice/rewritten.ts';
import type { ActionTown } from './action-town.ts';
import type { Job } from './job-task.ts';

/** Comments of any age. */
const everSince = '1970-01-01T00:00:00Z';

/**
 * Compares a convoy's stream with the head that its status comment was last made from. Throws `not-descended` where someone
 * rewrote the refs, which a runner that starts with nothing could not know by itself, and says so on the issue, once.
 */
export async function checkHeads(
  { town, ledger }: Pick<ActionTown, 'town' | 'ledger'>,
  { rig }: Job,
  { stream, issue }: { readonly stream: StreamId; readonly issue: number },
): Promise<void> {
  const hub = await town.hubs.open(rig);
  const own = (await hub.listComments(issue, everSince)).filter(({ ours }) => ours);
  const anchor = newestAnchor(
    town.markerKey,
    stream,
    own.map(({ body }) => body),
  );
  if (anchor === null) return;
  // The comment may be newer than what was fetched before it was read.
  if (ledger.load(stream, convoyFold).version < anchor.version) await ledger.follow([stream]);
  try {
    ledger.checkAnchor({ stream, ...anchor });
  } catch (error) {
    if (error instanceof LedgerError && error.fault.kind === 'not-descended')
      await say(hub, issue, own, rewrittenText({ ref: error.fault.ref, oid: anchor.oid }));
    throw error;
  }
}

async function say(hub: Hub, issue: number, own: readonly HubComment[], text: string): Promise<void> {
  if (own.some(({ body }) => body === text)) return;
  await hub.createComment(issue, text);
}
