import { projection, type Table, table } from './projection.ts';

/** One convoy: its order, how it stands, and its pull request. */
export type ConvoyRow = {
  readonly convoy: string;
  readonly repository: string;
  readonly issue: number;
  readonly title: string;
  readonly status: 'open' | 'paused' | 'in_review' | 'landed' | 'cancelled' | 'failed';
  readonly labelled_by: string;
  readonly base: string;
  readonly pull_request: number | null;
  readonly pull_request_url: string | null;
  readonly verified_commit: string | null;
  readonly opened: string;
  readonly ended: string | null;
};

const convoyTable = table<ConvoyRow>({
  columns: {
    convoy: 'TEXT NOT NULL',
    repository: 'TEXT NOT NULL',
    issue: 'INTEGER NOT NULL',
    title: 'TEXT NOT NULL',
    status: 'TEXT NOT NULL',
    labelled_by: 'TEXT NOT NULL',
    base: 'TEXT NOT NULL',
    pull_request: 'INTEGER',
    pull_request_url: 'TEXT',
    verified_commit: 'TEXT',
    opened: 'TEXT NOT NULL',
    ended: 'TEXT',
  },
  key: ['convoy'],
});

function change(convoys: Table<ConvoyRow>, stream: string, to: (row: ConvoyRow) => Partial<ConvoyRow>): void {
  const row = convoys.get(stream);
  if (row !== undefined) convoys.put({ ...row, ...to(row) });
}

export const convoys = projection({
  name: 'convoys',
  version: 2,
  tables: { convoys: convoyTable },
  handlers: {
    ConvoyOpened: (event, { convoys }) => {
      const { repository, issue, title, labelledBy, base } = event.data;
      convoys.put({
        convoy: event.stream,
        repository: `${repository.owner}/${repository.name}`,
        issue,
        title,
        status: 'open',
        labelled_by: labelledBy,
        base: base.branch,
        pull_request: null,
        pull_request_url: null,
        verified_commit: null,
        opened: event.at,
        ended: null,
      });
    },
    ConvoyPaused: (event, { convoys }) => change(convoys, event.stream, () => ({ status: 'paused' })),
    ConvoyResumed: (event, { convoys }) =>
      change(convoys, event.stream, (row) => ({ status: row.pull_request === null ? 'open' : 'in_review' })),
    IntegrationVerified: (event, { convoys }) =>
      change(convoys, event.stream, () => ({ verified_commit: event.data.commit })),
    PullRequestOpened: (event, { convoys }) =>
      change(convoys, event.stream, () => ({
        status: 'in_review',
        pull_request: event.data.number,
        pull_request_url: event.data.url,
      })),
    ConvoyLanded: (event, { convoys }) =>
      change(convoys, event.stream, () => ({ status: 'landed', ended: event.at })),
    ConvoyCancelled: (event, { convoys }) =>
      change(convoys, event.stream, () => ({ status: 'cancelled', ended: event.at })),
    ConvoyFailed: (event, { convoys }) =>
      change(convoys, event.stream, () => ({ status: 'failed', ended: event.at })),
  },
});
