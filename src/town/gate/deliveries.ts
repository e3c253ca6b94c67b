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
