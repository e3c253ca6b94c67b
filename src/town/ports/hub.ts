import type { ReviewComment } from '../../domain/convoy/events.ts';
import type { RedCheck } from '../../domain/convoy/integration-events.ts';
import type { Remote } from './git-store.ts';
import type { HookDeliveries } from './hook-deliveries.ts';

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
  /** Null while it is open, or where nobody can be named. */
  readonly closedBy: { readonly login: string; readonly type: string } | null;
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Whose sub-issue it shall be. */
  readonly parent?: number;
}

export interface HubComment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  readonly ours: boolean;
  readonly createdAt: string;
}

/** A comment with all that a webhook would tell of it. */
export interface HubRepositoryComment {
  readonly id: number;
  readonly issue: number;
  readonly body: string;
  readonly author: { readonly login: string; readonly type: string };
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface HubReview {
  readonly id: number;
  readonly state: string;
  readonly body: string;
  readonly author: { readonly login: string; readonly type: string };
}

export interface HubPullRequest {
  readonly number: number;
  readonly url: string;
  readonly head: string;
  readonly sha: string;
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  readonly draft: boolean;
  readonly ours: boolean;
}

/** How a pull request stands or ended. */
export interface HubPullRequestEnd {
  readonly state: 'open' | 'closed';
  /** Null where it is not merged. */
  readonly mergeCommit: string | null;
  readonly mergedBy: string | null;
}

/** A sub-issue as the list of them shows it. */
export interface HubIssueRef {
  readonly number: number;
  readonly id: number;
  readonly state: 'open' | 'closed';
}

export interface CheckRun {
  readonly name: string;
  readonly sha: string;
  /** Ours: by it the check run is found again. */
  readonly externalId: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** A line of a file that a check speaks of. */
export interface CheckAnnotation {
  readonly path: string;
  readonly line: number;
  readonly level: 'failure' | 'warning';
  readonly message: string;
}

/** The newest runs of the rig's own checks on one commit. */
export interface RigChecks {
  /** Some have not ended yet. */
  readonly running: boolean;
  readonly red: readonly RedCheck[];
}

/**
 * GitHub, as far as the town speaks to one repository. Creates are sent once and never retried blindly; everything else
 * is safe to do again. Rejects with `HubFailed`.
 */
export interface Hub {
  /** The login under which the town's own writing appears. */
  readonly identity: string;
  /** As GitHub's last answer said; null where it counts nothing. */
  quota(): Quota | null;
  permissionOf(login: string): Promise<PermissionLevel>;
  defaultBranch(): Promise<string>;
  /** Where the repository of this number is now, whatever it was called; null where it is gone or closed to the town. */
  whereabouts(): Promise<Whereabouts | null>;
  /** A remote with a token narrowed to this repository's contents, good for an hour. */
  gitRemote(): Promise<Remote>;

  readIssue(number: number): Promise<HubIssue>;
  /** `linked`: it is a sub-issue of the wanted parent already. */
  createIssue(issue: NewIssue): Promise<HubIssue & { readonly linked: boolean }>;
  /** Null where it was deleted, or moved to another repository. */
  findIssue(number: number): Promise<HubIssue | null>;
  /** The newest issues first, since a time (ISO 8601), at most a few pages. */
  listIssuesSince(since: string): Promise<readonly HubIssue[]>;
  updateIssue(
    number: number,
    change: {
      title?: string;
      body?: string;
      state?: 'open' | 'closed';
      stateReason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened';
    },
  ): Promise<void>;
  addLabels(issue: number, labels: readonly string[]): Promise<void>;
  addSubIssue(parent: number, childId: number): Promise<void>;
  listSubIssues(parent: number): Promise<readonly HubIssueRef[]>;
  addBlockedBy(issue: number, blockerId: number): Promise<void>;
  listBlockedBy(issue: number): Promise<readonly { readonly number: number; readonly id: number }[]>;

  createComment(issue: number, body: string): Promise<HubComment>;
  updateComment(id: number, body: string): Promise<void>;
  listComments(issue: number, since: string): Promise<readonly HubComment[]>;
  /** Comments anywhere in the repository since a time (ISO 8601), the oldest first, at most a few pages. */
  listCommentsSince(since: string): Promise<readonly HubRepositoryComment[]>;
  react(comment: number, reaction: '+1' | 'eyes' | 'confused' | 'rocket'): Promise<void>;

  /** Null where there is none of this number. */
  readPullRequest(number: number): Promise<HubPullRequestEnd | null>;
  findPullRequest(head: string): Promise<HubPullRequest | null>;
  createPullRequest(request: {
    title: string;
    body: string;
    head: string;
    base: string;
    draft: boolean;
  }): Promise<HubPullRequest>;
  updatePullRequest(number: number, change: { title?: string; body?: string }): Promise<void>;
  /** The submitted reviews of a pull request, at most a hundred. */
  listReviews(pullRequest: number): Promise<readonly HubReview[]>;
  /** Shows it as a draft, or as ready for review. `refused`: the plan has no drafts. */
  setDraft(number: number, draft: boolean): Promise<'done' | 'refused'>;
  /** Has GitHub merge it as soon as its own rules allow, if `sha` is still its head then. `refused`: those rules forbid it. */
  autoMerge(number: number, sha: string): Promise<'enabled' | 'merged' | 'refused'>;
  /** The comments of one review, in their order, at most a hundred. */
  listReviewComments(pullRequest: number, review: number): Promise<readonly ReviewComment[]>;
  replyToReviewComment(pullRequest: number, comment: number, body: string): Promise<{ readonly id: number }>;
  /** Every review comment of a pull request since a time, for finding our own replies again. */
  listReviewReplies(pullRequest: number, since: string): Promise<readonly HubComment[]>;
  requestReview(pullRequest: number, login: string): Promise<void>;
  /** What the rig's own checks say of a commit; those whose external id begins with `ours` are the town's. */
  checksOf(sha: string, ours: string): Promise<RigChecks>;
  findCheckRun(sha: string, externalId: string): Promise<number | null>;
  createCheckRun(run: CheckRun): Promise<number>;
}

/** How many requests GitHub takes yet. */
export interface Quota {
  readonly remaining: number;
  readonly limit: number;
  /** ISO 8601. */
  readonly resetAt: string;
}

export interface Whereabouts {
  readonly owner: string;
  readonly name: string;
  readonly archived: boolean;
}

export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

export interface Hubs {
  open(repository: RepositoryRef): Promise<Hub>;
  /** What GitHub sent and failed to send; null where no webhooks come in (a job of GitHub Actions). */
  readonly hooks: HookDeliveries | null;
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
