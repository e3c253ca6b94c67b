/** Rows as SQLite holds them (see tables.ts). Booleans are 0 or 1. */
export interface UserRow {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
  readonly created_at: string;
}

export interface RepositoryRow {
  readonly id: number;
  readonly owner_id: number;
  readonly name: string;
  readonly private: number;
  readonly default_branch: string;
  readonly description: string | null;
  readonly archived: number;
  readonly allow_auto_merge: number;
  /** The last number given to an issue or pull request. */
  readonly last_number: number;
  readonly open_issues: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly pushed_at: string;
}

export interface InstallationRow {
  readonly id: number;
  readonly account_id: number | null;
  readonly created_at: string;
  readonly suspended_at: string | null;
  readonly suspended_by: number | null;
}

export interface IssueRow {
  readonly id: number;
  readonly repository_id: number;
  readonly number: number;
  readonly is_pull: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly state_reason: string | null;
  readonly user_id: number;
  readonly via_app: number;
  readonly locked: number;
  readonly lock_reason: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly closed_by: number | null;
  readonly comments: number;
  readonly parent_id: number | null;
}

export interface PullRow {
  readonly issue_id: number;
  readonly head_ref: string;
  readonly head_sha: string;
  readonly base_ref: string;
  readonly base_sha: string;
  readonly draft: number;
  readonly maintainer_can_modify: number;
  readonly merged_at: string | null;
  readonly merged_by: number | null;
  readonly merge_commit_sha: string | null;
  readonly additions: number;
  readonly deletions: number;
  readonly changed_files: number;
  readonly commits: number;
}

export interface LabelRow {
  readonly id: number;
  readonly repository_id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
  readonly is_default: number;
}

export interface CommentRow {
  readonly id: number;
  readonly issue_id: number;
  readonly user_id: number;
  readonly via_app: number;
  readonly body: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export type ReactionSubject = 'issue' | 'comment' | 'review_comment';

export interface ReactionRow {
  readonly id: number;
  readonly subject: ReactionSubject;
  readonly subject_id: number;
  readonly user_id: number;
  readonly content: string;
  readonly created_at: string;
}

export interface ReviewRow {
  readonly id: number;
  readonly issue_id: number;
  readonly user_id: number;
  readonly state: 'PENDING' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly body: string;
  readonly commit_id: string;
  readonly submitted_at: string | null;
}

export interface ReviewCommentRow {
  readonly id: number;
  readonly issue_id: number;
  readonly review_id: number;
  readonly user_id: number;
  readonly body: string;
  readonly path: string;
  readonly commit_id: string;
  readonly diff_hunk: string;
  readonly position: number;
  readonly line: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly start_line: number | null;
  readonly start_side: 'LEFT' | 'RIGHT' | null;
  readonly subject_type: 'line' | 'file';
  readonly in_reply_to: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CheckSuiteRow {
  readonly id: number;
  readonly repository_id: number;
  readonly head_sha: string;
  /** The bot of the App that the suite is of. */
  readonly bot_id: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CheckRunRow {
  readonly id: number;
  readonly suite_id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly external_id: string;
  readonly details_url: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: string;
  readonly actions: string;
}

export interface StatusRow {
  readonly id: number;
  readonly repository_id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly target_url: string | null;
  readonly user_id: number;
  readonly created_at: string;
}

export interface QueuedDeliveryRow {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly repository_id: number | null;
  readonly installation_id: number | null;
  readonly payload: string;
  readonly redelivery: number;
}

/** A row of the view `delivery_log`: a delivery with what became of it. */
export interface DeliveryRow extends QueuedDeliveryRow {
  readonly url: string | null;
  readonly state: 'queued' | 'done';
  readonly delivered_at: string;
  readonly status_code: number;
  readonly status: string;
  readonly duration: number;
  readonly request_headers: string;
  readonly response_headers: string;
  readonly response_body: string;
}

export interface WorkflowRow {
  readonly id: number;
  readonly repository_id: number;
  /** Path in the repository, `.github/workflows/...`. */
  readonly path: string;
  readonly created_at: string;
  /** Its `name`, or its path where it has none. */
  readonly name: string;
}

export interface WorkflowRunRow {
  readonly id: number;
  readonly workflow_id: number;
  readonly number: number;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly head_branch: string;
  readonly head_sha: string;
  readonly user_id: number;
  readonly inputs: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** What GitHub shows as the run's title: its `run-name`, or what caused it. */
  readonly title: string;
  /** The event's payload, as JSON. */
  readonly payload: string;
  /** The git ref it is about, in full. */
  readonly ref: string;
  /** The commit that its workflow's file is taken from. */
  readonly workflow_sha: string;
  /** 1 once somebody asked for it to be cancelled. */
  readonly cancelled: number;
  /** 1, and one more each time it is run again. */
  readonly attempt: number;
}

export interface WorkflowJobRow {
  readonly id: number;
  readonly run_id: number;
  readonly attempt: number;
  /** Its name in the workflow file. */
  readonly key: string;
  readonly name: string;
  /** `pending` where its concurrency group is taken, `queued` where it waits for a runner. */
  readonly status: 'pending' | 'queued' | 'in_progress' | 'completed';
  readonly conclusion: string | null;
  readonly labels: string;
  /** Its concurrency group, or null where it has none. */
  readonly concurrency: string | null;
  readonly runner: string | null;
  readonly outputs: string;
  readonly steps: string;
  readonly log: string;
  readonly summary: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}
