import type { ReviewComment } from '../../domain/convoy/events.ts';
import type { Remote } from './git-store.ts';

/** What someone may do in a repository, by the collaborator-permission API: the only source the town believes. */
export type PermissionLevel = 'admin' | 'write' | 'read' | 'none';

export interface HubIssue {
  readonly number: number;
  /** GitHub's database id: what sub-issues and dependencies are keyed by. */
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly url: string;
  /** True when the town's own identity wrote it. */
  readonly ours: boolean;
  readonly createdAt: string;
}

export interface HubComment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  readonly ours: boolean;
  readonly createdAt: string;
}

export interface HubPullRequest {
  readonly number: number;
  readonly url: string;
  readonly head: string;
  readonly sha: string;
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  readonly ours: boolean;
}

export interface CheckRun {
  readonly name: string;
  readonly sha: string;
  /** Ours: by it the check run is found again. */
  readonly externalId: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  readonly summary: string;
}

/**
 * GitHub, as far as the town speaks to one repository. Creates are sent once and never retried blindly; everything else
 * is safe to do again. Rejects with `HubFailed`.
 */
export interface Hub {
  permissionOf(login: string): Promise<PermissionLevel>;
  defaultBranch(): Promise<string>;
  /** A remote with a token narrowed to this repository's contents, good for an hour. */
  gitRemote(): Promise<Remote>;

  readIssue(number: number): Promise<HubIssue>;
  createIssue(issue: { title: string; body: string; labels: readonly string[] }): Promise<HubIssue>;
  /** The newest issues first, since a time (ISO 8601), at most a few pages. */
  listIssuesSince(since: string): Promise<readonly HubIssue[]>;
  updateIssue(
    number: number,
    change: {
      title?: string;
      body?: string;
      state?: 'open' | 'closed';
      stateReason?: 'completed' | 'not_planned';
    },
  ): Promise<void>;
  addLabels(issue: number, labels: readonly string[]): Promise<void>;
  addSubIssue(parent: number, childId: number): Promise<void>;
  listSubIssues(parent: number): Promise<readonly { readonly number: number; readonly id: number }[]>;
  addBlockedBy(issue: number, blockerId: number): Promise<void>;
  listBlockedBy(issue: number): Promise<readonly { readonly number: number; readonly id: number }[]>;

  createComment(issue: number, body: string): Promise<HubComment>;
  updateComment(id: number, body: string): Promise<void>;
  listComments(issue: number, since: string): Promise<readonly HubComment[]>;
  react(comment: number, reaction: '+1' | 'eyes' | 'confused' | 'rocket'): Promise<void>;

  findPullRequest(head: string): Promise<HubPullRequest | null>;
  createPullRequest(request: {
    title: string;
    body: string;
    head: string;
    base: string;
  }): Promise<HubPullRequest>;
  updatePullRequest(number: number, change: { title?: string; body?: string }): Promise<void>;
  /** The comments of one review, in their order, at most a hundred. */
  listReviewComments(pullRequest: number, review: number): Promise<readonly ReviewComment[]>;
  replyToReviewComment(pullRequest: number, comment: number, body: string): Promise<{ readonly id: number }>;
  /** Every review comment of a pull request since a time, for finding our own replies again. */
  listReviewReplies(pullRequest: number, since: string): Promise<readonly HubComment[]>;
  requestReview(pullRequest: number, login: string): Promise<void>;
  findCheckRun(sha: string, externalId: string): Promise<number | null>;
  createCheckRun(run: CheckRun): Promise<number>;
}

export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

export interface Hubs {
  open(repository: RepositoryRef): Promise<Hub>;
}

/** What GitHub answered, or that it didn't. `outcome` says whether a create may have happened all the same. */
export class HubFailed extends Error {
  override readonly name = 'HubFailed';
  readonly operation: string;
  readonly status: number | null;
  readonly outcome: 'refused' | 'unknown';
  /** When it may be tried again, where GitHub said so (ISO 8601). */
  readonly retryAt: string | null;
  constructor(
    facts: {
      operation: string;
      status: number | null;
      outcome: 'refused' | 'unknown';
      retryAt: string | null;
      message: string;
    },
    options?: ErrorOptions,
  ) {
    super(`GitHub: ${facts.operation}: ${facts.message}`, options);
    this.operation = facts.operation;
    this.status = facts.status;
    this.outcome = facts.outcome;
    this.retryAt = facts.retryAt;
  }
}
