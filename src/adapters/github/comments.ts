import type { Hub, HubComment, HubRepositoryComment } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type CommentOperations = Pick<
  Hub,
  'createComment' | 'updateComment' | 'listComments' | 'listCommentsSince' | 'react'
>;

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
    listCommentsSince: (since) =>
      call('issues/list-comments-for-repo', async () => {
        const found: HubRepositoryComment[] = [];
        for (let page = 1; page <= pagesMax; page += 1) {
          const request = {
            ...at(client),
            since,
            sort: 'created',
            direction: 'asc',
            per_page: 100,
            page,
          } as const;
          const { data } = await octokit.rest.issues.listCommentsForRepo(request);
          found.push(...data.map(toRepositoryComment));
          if (data.length < 100) break;
        }
        return found;
      }),
    react: (comment_id, content) =>
      call('reactions/create-for-issue-comment', async () => {
        await octokit.rest.reactions.createForIssueComment({ ...at(client), comment_id, content });
      }),
  };
}

const pagesMax = 5;

function toRepositoryComment(data: {
  id: number;
  body?: string | undefined;
  issue_url: string;
  user: { login: string; type: string } | null;
  created_at: string;
  updated_at: string;
}): HubRepositoryComment {
  return {
    id: data.id,
    issue: Number(data.issue_url.split('/').at(-1)),
    body: data.body ?? '',
    author: { login: data.user?.login ?? 'ghost', type: data.user?.type ?? 'User' },
    createdAt: data.created_at,
    updatedAt: data.updated_at,
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
