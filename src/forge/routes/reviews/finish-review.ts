import { now } from '../../context.ts';
import { renderPullSummary } from '../../render/pull.ts';
import { renderReview } from '../../render/review.ts';
import type { WriteRequest } from '../../server/operation.ts';
import { touchIssue } from '../../store/issues.ts';
import type { IssueRow, ReviewCommentRow, ReviewRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';
import { emitReviewComment } from './store-comment.ts';

export type Verdict = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const states = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const;

export function stateOf(event: Verdict): ReviewRow['state'] {
  return states[event];
}

/** Submits a review: its state, its events, and the request for it that is now answered. */
export function finishReview(
  request: WriteRequest,
  pull: IssueRow,
  review: ReviewRow,
  event: Verdict,
  text: string = review.body,
): ReviewRow {
  const { context, actor } = request;
  const at = now(context);
  const done: ReviewRow = { ...review, state: states[event], body: text, submitted_at: at };
  context.store.run(
    'UPDATE reviews SET state = ?, body = ?, submitted_at = ? WHERE id = ?',
    done.state,
    done.body,
    at,
    done.id,
  );
  context.store.run(
    'DELETE FROM requested_reviewers WHERE issue_id = ? AND user_id = ?',
    pull.id,
    actor.user.id,
  );
  touchIssue(context.store, pull.id, at);
  emitReview(request, 'submitted', pull, done);
  const comments = context.store.all<ReviewCommentRow>(
    'SELECT * FROM review_comments WHERE review_id = ? ORDER BY id',
    done.id,
  );
  for (const comment of comments) emitReviewComment(request, 'created', pull, comment);
  return done;
}

/** Queues `pull_request_review.ACTION`. In events GitHub writes the state in small letters. */
export function emitReview(
  request: WriteRequest,
  action: 'submitted' | 'edited' | 'dismissed',
  pull: IssueRow,
  review: ReviewRow,
  more: Record<string, unknown> = {},
): void {
  const { context, repository, actor } = request;
  const rendered = renderReview(context.view, repository, pull, review);
  emit(context, repository, actor.user, 'pull_request_review', {
    action,
    review: {
      ...rendered,
      body: review.body === '' ? null : review.body,
      state: review.state.toLowerCase(),
      submitted_at: review.submitted_at,
    },
    pull_request: renderPullSummary(context.view, repository, pull),
    ...more,
  });
}
