import { z } from 'zod';

/** GitHub's webhook payloads, cut down to what the town reads. Everything else in them is dropped at the door. */
const account = z.object({ login: z.string(), type: z.string() });

const repository = z.object({
  id: z.int(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: z.string(),
});

const issue = z.object({
  number: z.int().positive(),
  id: z.int(),
  title: z.string(),
  body: z.string().nullish(),
  updated_at: z.string(),
});

export const labelledPayload = z.object({
  action: z.literal('labeled'),
  repository,
  issue,
  label: z.object({ name: z.string() }),
  sender: account,
});
export type LabelledPayload = z.output<typeof labelledPayload>;

export const pullRequestPayload = z.object({
  action: z.string(),
  repository,
  pull_request: z.object({
    number: z.int(),
    merged: z.boolean().nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.object({ ref: z.string(), sha: z.string() }),
  }),
  sender: account,
});
export type PullRequestPayload = z.output<typeof pullRequestPayload>;

export const commentPayload = z.object({
  action: z.string(),
  repository: z.object({ id: z.int() }),
  issue: z.object({ number: z.int().positive() }),
  comment: z.object({
    id: z.int(),
    body: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  }),
  sender: account,
});
export type CommentPayload = z.output<typeof commentPayload>;

export const reviewPayload = z.object({
  action: z.string(),
  repository: z.object({ id: z.int() }),
  pull_request: z.object({ number: z.int() }),
  review: z.object({ id: z.int(), state: z.string(), body: z.string().nullish() }),
  sender: account,
});
export type ReviewPayload = z.output<typeof reviewPayload>;

/** One that any of the three may be: each names a commit whose checks are to be looked at. */
const checked = z.object({ head_sha: z.string() }).optional();
export const checksPayload = z.object({
  action: z.string(),
  repository,
  check_run: checked,
  check_suite: checked,
  workflow_run: checked,
});
export type ChecksPayload = z.output<typeof checksPayload>;

/** The job of a run that works a bead, by the name that the workflow gives it. */
export const jobPayload = z.object({
  action: z.enum(['in_progress', 'completed']),
  repository: z.object({ id: z.int() }),
  workflow_job: z.object({ run_id: z.int(), name: z.literal('work'), conclusion: z.string().nullish() }),
});
export type JobPayload = z.output<typeof jobPayload>;

export const runPayload = z.object({
  action: z.literal('completed'),
  repository: z.object({ id: z.int() }),
  workflow_run: z.object({ id: z.int(), conclusion: z.string().nullish() }),
});
export type RunPayload = z.output<typeof runPayload>;
