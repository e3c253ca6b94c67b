import { convoyFold } from '../../domain/convoy/evolve.ts';
import { isKnownOpen } from '../../domain/convoy/known-issues.ts';
import { beadIssueOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { noticeIssueHand, type SeenHand } from '../gate/hands/take-issue-hand.ts';
import { settlePullRequest } from '../gate/settle-pull-request.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { closeDoubles } from './close-doubles.ts';
import { takeLostReviews } from './take-lost-reviews.ts';

/** One look at a convoy on GitHub. */
export interface ReconcilePass {
  readonly town: Town;
  readonly hub: Hub;
  /** Names this look, as a delivery's GUID names a webhook. */
  readonly cause: string;
}

/**
 * What GitHub has of a convoy against what the ledger says of it. What is seen late is taken in by the same verbs as a
 * webhook.
 */
export async function reconcileConvoy(pass: ReconcilePass, stream: StreamId): Promise<void> {
  const { town, hub, cause } = pass;
  const { state: known } = town.ledger.load(stream, convoyFold);
  if (known === null || known.ended) return;
  if (await settlePullRequest(town, hub, stream, cause)) return;
  await closeDoubles(pass, known);
  if (known.pullRequest !== null) await takeLostReviews(pass, known);
  await lookAtIssue(pass, known, null, known.opened.issue);
  const children = await hub.listSubIssues(known.opened.issue);
  for (const bead of known.beads.keys()) {
    const issue = beadIssueOf(known, bead);
    if (issue === null) continue;
    // One list shows most of them as they should be; the others are looked at one by one.
    const child = children.find(({ id }) => id === issue.id);
    if (child !== undefined && (child.state === 'open') === isKnownOpen(known, bead)) continue;
    await lookAtIssue(pass, known, bead, issue.number);
  }
}

async function lookAtIssue(
  { town, hub, cause }: ReconcilePass,
  known: Convoy,
  bead: number | null,
  number: number,
): Promise<void> {
  const issue = await hub.findIssue(number);
  const see = (seen: Omit<SeenHand, 'cause'>): Promise<void> =>
    noticeIssueHand(town, hub, { stream: convoyOf(known), bead }, { ...seen, cause });
  // Only someone with administration rights can delete or move an issue: who it was can't be told any more.
  if (issue === null) {
    return see({ what: 'issue-deleted', before: `#${number}`, after: '', sender: 'someone who may' });
  }
  const isOpen = issue.state === 'open';
  if (isOpen === isKnownOpen(known, bead)) return;
  if (isOpen) return see({ what: 'issue-reopened', before: 'closed', after: 'open', sender: null });
  return see({ what: 'issue-closed', before: 'open', after: 'closed', sender: issue.closedBy });
}

const convoyOf = ({ stream }: Convoy): StreamId => stream as StreamId;
