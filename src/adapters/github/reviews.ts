import type { Hub } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type ReviewOperations = Pick<
  Hub,
  'listReviews' | 'listReviewComments' | 'replyToReviewComment' | 'listReviewReplies' | 'requestReview'
>;

export function reviewOperations(client: RepositoryClient): ReviewOperations {
  const { octokit } = client;
  return {
    listReviews: (pull_number) =>
      call('pulls/list-reviews', async () => {
        const { data } = await octokit.rest.pulls.listReviews({ ...at(client), pull_number, per_page: 100 });
        return data.map((one) => ({
          id: one.id,
          state: one.state,
          body: one.body,
          author: { login: one.user?.login ?? 'ghost', type: one.user?.type ?? 'User' },
        }));
      }),
    listReviewComments: (pull_number, review_id) =>
      call('pulls/list-comments-for-review', async () => {
        const request = { ...at(client), pull_number, review_id, per_page: 100 };
        const { data } = await octokit.rest.pulls.listCommentsForReview(request);
        return data.map((one) => ({
          id: one.id,
          path: one.path,
          line: one.line ?? one.original_line ?? null,
          hunk: one.diff_hunk,
          body: one.body,
        }));
      }),
    replyToReviewComment: (pull_number, comment_id, body) =>
      call('pulls/create-reply-for-review-comment', async () => {
        const request = { ...at(client), pull_number, comment_id, body, ...once };
        const { data } = await octokit.rest.pulls.createReplyForReviewComment(request);
        return { id: data.id };
      }),
    listReviewReplies: (pull_number, since) =>
      call('pulls/list-review-comments', async () => {
        const request = { ...at(client), pull_number, since, per_page: 100 };
        const { data } = await octokit.rest.pulls.listReviewComments(request);
        return data.map((one) => ({
          id: one.id,
          body: one.body,
          url: one.html_url,
          ours: one.user?.login === client.identity,
          createdAt: one.created_at,
        }));
      }),
    requestReview: (pull_number, login) =>
      call('pulls/request-reviewers', async () => {
        await octokit.rest.pulls.requestReviewers({ ...at(client), pull_number, reviewers: [login] });
      }),
  };
}
