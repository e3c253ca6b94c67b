import type { EffectKind } from '../../domain/convoy/events.ts';

/**
 * How an effect whose answer was never heard is found again.
 * - `marker`: by the signed hidden line in it, in the newest pages of the list endpoint.
 * - `key`: by what names it on GitHub anyway; that it isn't there is certain at once.
 * - `read-back`: the state that it sets is read.
 * - `repeat`: doing it again changes nothing.
 */
export type FoundBy = 'marker' | 'key' | 'read-back' | 'repeat';

export const findAgain: Readonly<Record<EffectKind, { readonly by: FoundBy; readonly where: string }>> = {
  'status-comment': { by: 'marker', where: "the convoy issue's comments" },
  'plan-comment': { by: 'marker', where: "the convoy issue's comments" },
  'bead-issue': { by: 'marker', where: "the repository's newest issues" },
  proposal: { by: 'marker', where: "the repository's newest issues" },
  reply: { by: 'marker', where: "the issue's comments, or the review's replies" },
  'pull-request': { by: 'key', where: 'its head branch' },
  'check-run': { by: 'key', where: 'its `external_id`' },
  'workflow-run': { by: 'key', where: 'the order in its name' },
  'needs-edge': { by: 'read-back', where: 'the sub-issues or blockers of the issue' },
  'close-issue': { by: 'read-back', where: 'the state of the issue' },
  'reopen-issue': { by: 'read-back', where: 'the state of the issue' },
  'delete-branch': { by: 'read-back', where: 'the branch' },
  'push-branch': { by: 'repeat', where: 'a push of the same commit' },
  'auto-merge': { by: 'repeat', where: 'an auto-merge of the same head' },
  label: { by: 'repeat', where: 'a label that is set already' },
  reaction: { by: 'repeat', where: 'a reaction that is given already' },
  'review-request': { by: 'repeat', where: 'a review that is asked for already' },
  'issue-body': { by: 'repeat', where: 'the same text' },
  'pull-request-body': { by: 'repeat', where: 'the same text' },
};
