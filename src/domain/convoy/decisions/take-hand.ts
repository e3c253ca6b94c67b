import type { Bead } from '../../bead/bead.ts';
import { isSettled } from '../../bead/derive.ts';
import { accept, type Decision, type NewEvent, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import { stripInvisible } from '../../text/strip-invisible.ts';
import { beadTitleLengthMax } from '../limits.ts';
import type { Convoy, ConvoyState } from '../state.ts';
import { editBead } from './edit-bead.ts';
import { openConvoy } from './rules.ts';

/** What someone did to an issue of ours, beside the town. */
export type IssueHandKind =
  | 'issue-closed'
  | 'issue-reopened'
  | 'issue-retitled'
  | 'issue-edited'
  | 'issue-unlabelled'
  | 'issue-labelled'
  | 'issue-reparented'
  | 'issue-transferred'
  | 'issue-deleted';

export interface IssueHand {
  readonly what: IssueHandKind;
  readonly by: string;
  /** Null: the convoy's own issue. */
  readonly bead: number | null;
  readonly before: string;
  readonly after: string;
  /** Whether this person may steer. What others do is noted, and not obeyed. */
  readonly maySteer: boolean;
}

/**
 * Records what someone did to an issue by hand, with what follows from it: on a bead's issue for the bead, on the convoy's
 * for the convoy. Where nothing follows, `obeyed` says so.
 */
export function takeIssueHand(state: ConvoyState, hand: IssueHand): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { maySteer, ...facts } = hand;
  const bead = hand.bead === null ? null : (open.value.beads.get(hand.bead) ?? null);
  const follows = maySteer
    ? bead === null
      ? forConvoy(open.value, hand)
      : forBead(open.value, bead, hand)
    : null;
  const noted: NewEvent = { type: 'HandMoved', data: { ...facts, obeyed: follows !== null } };
  return accept(noted, ...(follows ?? []));
}

/** Null: not obeyed. */
function forBead(convoy: Convoy, bead: Bead, hand: IssueHand): readonly NewEvent[] | null {
  switch (hand.what) {
    case 'issue-closed':
    case 'issue-deleted':
      return takenOut(bead, `${hand.by} ${hand.what === 'issue-closed' ? 'closed' : 'deleted'} its issue`);
    case 'issue-reopened':
      if (!bead.quarantined) return [];
      return [
        { type: 'BeadUnblocked', data: { bead: bead.number } },
        ...(bead.slung
          ? []
          : [{ type: 'BeadSlung', data: { bead: bead.number, topic: bead.title.slice(0, 60) } } as const]),
      ];
    case 'issue-retitled': {
      const title = stripInvisible(hand.after).text.trim().slice(0, beadTitleLengthMax);
      const edit = editBead(convoy, { bead: bead.number, title });
      return edit.accepted ? edit.events : null;
    }
    case 'issue-edited':
      return null;
    default:
      return [];
  }
}

function takenOut(bead: Bead, reason: string): readonly NewEvent[] {
  if (isSettled(bead)) return [];
  const out: NewEvent = { type: 'BeadQuarantined', data: { bead: bead.number, reason } };
  if (bead.status !== 'in_progress') return [out];
  return [
    { type: 'BeadReleased', data: { bead: bead.number, attempt: bead.attempts, reason, summary: '' } },
    out,
  ];
}

function forConvoy(convoy: Convoy, hand: IssueHand): readonly NewEvent[] | null {
  const { by } = hand;
  const cancelled = (reason: string): readonly NewEvent[] => [
    { type: 'ConvoyCancelled', data: { by, reason } },
  ];
  switch (hand.what) {
    case 'issue-closed':
      // With a pull request open, that decides.
      return convoy.pullRequest === null ? cancelled(`${by} closed the issue.`) : null;
    case 'issue-deleted':
      return cancelled(`${by} deleted the issue.`);
    case 'issue-transferred':
      return cancelled(`${by} moved the issue to ${hand.after}.`);
    case 'issue-unlabelled':
      if (convoy.paused) return [];
      return [{ type: 'ConvoyPaused', data: { by, because: 'label-removed' } }];
    case 'issue-retitled':
    case 'issue-edited':
      return null;
    default:
      return [];
  }
}
