import { commentOf, issueOf } from '../find-in-request.ts';
import { reviewCommentOf } from '../reviews/find-review.ts';
import { reactionOperations } from './react.ts';

export const reactions = [
  ...reactionOperations({
    subject: 'issue',
    path: '/issues/{issue_number}',
    operationIds: {
      list: 'reactions/list-for-issue',
      create: 'reactions/create-for-issue',
      remove: 'reactions/delete-for-issue',
    },
    find: (request) => issueOf(request).id,
  }),
  ...reactionOperations({
    subject: 'comment',
    path: '/issues/comments/{comment_id}',
    operationIds: {
      list: 'reactions/list-for-issue-comment',
      create: 'reactions/create-for-issue-comment',
      remove: 'reactions/delete-for-issue-comment',
    },
    find: (request) => commentOf(request).comment.id,
  }),
  ...reactionOperations({
    subject: 'review_comment',
    path: '/pulls/comments/{comment_id}',
    operationIds: {
      list: 'reactions/list-for-pull-request-review-comment',
      create: 'reactions/create-for-pull-request-review-comment',
      remove: 'reactions/delete-for-pull-request-comment',
    },
    find: (request) => reviewCommentOf(request).comment.id,
  }),
];
