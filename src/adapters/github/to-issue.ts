import type { HubIssue } from '../../town/ports/hub.ts';
import type { RepositoryClient } from './repository-client.ts';

export interface IssueAnswer {
  number: number;
  id: number;
  title: string;
  body?: string | null;
  state: string;
  labels: (string | { name?: string })[];
  html_url: string;
  user: { login: string } | null;
  created_at: string;
  closed_by?: { login: string; type: string } | null;
}

export function toIssue(client: RepositoryClient, data: IssueAnswer): HubIssue {
  return {
    number: data.number,
    id: data.id,
    title: data.title,
    body: data.body ?? '',
    state: data.state === 'open' ? 'open' : 'closed',
    labels: data.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    url: data.html_url,
    ours: data.user?.login === client.identity,
    createdAt: data.created_at,
    closedBy: data.closed_by ? { login: data.closed_by.login, type: data.closed_by.type } : null,
  };
}
