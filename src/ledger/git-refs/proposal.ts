import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { Draft } from './drafts.ts';
import type { SoftDrafts } from './soft-drafts.ts';

/** An append that is only taken once the remote has it, unless what it comes to can wait. */
export interface Proposal {
  readonly stream: StreamId;
  /** The same key in one push is a repeat, which is told once the first has landed. */
  readonly key: string | undefined;
  /** Decides anew on what the stream is now, with what is to be pushed along before it; null: nothing to push any more. */
  plan(tail: readonly RecordedEvent[]): Draft | null;
  /** Whether nobody waits for what it came to, so that it is acknowledged before it is pushed. */
  canWait(draft: Draft): boolean;
  landed(events: readonly RecordedEvent[]): void;
  failed(error: unknown): void;
}

/** A decision that throws is its own proposer's trouble and nobody else's. */
export function planOf(proposal: Proposal, soft: SoftDrafts, before: readonly Draft[]): Draft | null {
  try {
    return proposal.plan(soft.number(proposal.stream, before).map(({ event }) => event));
  } catch (error) {
    proposal.failed(error);
    return null;
  }
}

/**
 * Acknowledges what can wait, now that what was before it is known, and gives the rest: each of those is worth a push. What
 * comes after one that is not settled stays behind it.
 */
export function withoutWaiting(proposals: readonly Proposal[], soft: SoftDrafts): readonly Proposal[] {
  const pressing: Proposal[] = [];
  for (const proposal of proposals) {
    const { stream, key } = proposal;
    if (pressing.some((one) => one.stream === stream) || soft.hasKey(stream, key)) {
      pressing.push(proposal);
      continue;
    }
    const draft = planOf(proposal, soft, soft.of(stream));
    if (draft === null) continue;
    if (!proposal.canWait(draft)) {
      pressing.push(proposal);
      continue;
    }
    soft.add(stream, draft);
    const ids = new Set(draft.ids);
    proposal.landed(soft.tail(stream).filter(({ id }) => ids.has(id)));
  }
  return pressing;
}
