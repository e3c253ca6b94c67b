import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Anchor } from '../../ledger/git-refs/check-anchor.ts';
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
 * rewrote the refs or took them away, which a runner that starts with nothing could not know by itself, and says so on the
 * issue, once. Of a convoy that has ended the ledger holds afterwards what the archive does.
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
  try {
    await compare(ledger, { stream, ...anchor });
  } catch (error) {
    if (error instanceof LedgerError && error.fault.kind === 'not-descended') {
      const { ref } = error.fault;
      const isGone = !(await ledger.list(ref)).includes(ref);
      await say(hub, issue, own, rewrittenText({ ref, oid: anchor.oid, isGone }));
    }
    throw error;
  }
}

async function compare(ledger: ActionTown['ledger'], anchor: Anchor): Promise<void> {
  const { stream } = anchor;
  const version = (): number => ledger.load(stream, convoyFold).version;
  // The comment may be newer than what was fetched before it was read.
  if (version() < anchor.version) await ledger.follow([stream]);
  if (version() === 0) await ledger.recall(stream);
  ledger.checkAnchor(anchor);
}

async function say(hub: Hub, issue: number, own: readonly HubComment[], text: string): Promise<void> {
  if (own.some(({ body }) => body === text)) return;
  await hub.createComment(issue, text);
}
