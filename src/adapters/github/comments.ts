import type { Hub, HubComment } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type CommentOperations = Pick<Hub, 'createComment' | 'updateComment' | 'listComments' | 'react'>;

export function commentOperations(client: RepositoryClient): CommentOperations {
  const { octokit } = client;
  return {
    createComment: (issue_number, body) =>
      call('issues/create-comment', async () => {
        const { data } = await octokit.rest.issues.createComment({
          ...at(client),
          issue_number,
          body,
          ...once,
        });
        return toComment(client, data);
      }),
    updateComment: (comment_id, body) =>
      call('issues/update-comment', async () => {
        await octokit.rest.issues.updateComment({ ...at(client), comment_id, body });
      }),
    listComments: (issue_number, since) =>
      call('issues/list-comments', async () => {
        const request = { ...at(client), issue_number, since, per_page: 100 };
        const { data } = await octokit.rest.issues.listComments(request);
        return data.map((one) => toComment(client, one));
      }),
    react: (comment_id, content) =>
      call('reactions/create-for-issue-comment', async () => {
        await octokit.rest.reactions.createForIssueComment({ ...at(client), comment_id, content });
      }),
  };
}

interface CommentAnswer {
  id: number;
  body?: string | undefined;
  html_url: string;
  user: { login: string } | null;
  created_at: string;
}

function toComment(client: RepositoryClient, data: CommentAnswer): HubComment {
  return {
    id: data.id,
    body: data.body ?? '',
    url: data.html_url,
    ours: data.user?.login === client.identity,
    createdAt: data.created_at,
  };
}
