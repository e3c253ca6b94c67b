import { z } from 'zod';

/** Webhooks that tell of what people do to issues, branches and repositories, cut down to what the town reads. */
const sender = z.object({ login: z.string(), type: z.string() });
const repository = z.object({
  id: z.int(),
  name: z.string(),
  full_name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: z.string().optional(),
});
const issue = z.object({ number: z.int().positive(), title: z.string() });
const from = z.object({ from: z.string().nullish() });

export const issueHandPayload = z.object({
  action: z.enum(['closed', 'reopened', 'edited', 'unlabeled', 'labeled', 'transferred', 'deleted']),
  repository,
  issue,
  sender,
  label: z.object({ name: z.string() }).optional(),
  changes: z
    .object({
      title: from.optional(),
      body: from.optional(),
      new_issue: issue.optional(),
      new_repository: repository.optional(),
    })
    .optional(),
});
export type IssueHandPayload = z.output<typeof issueHandPayload>;

export const subIssuePayload = z.object({
  action: z.enum(['sub_issue_added', 'sub_issue_removed', 'parent_issue_added', 'parent_issue_removed']),
  repository,
  sender,
  parent_issue: issue,
  sub_issue: issue,
});
export type SubIssuePayload = z.output<typeof subIssuePayload>;

export const dependencyPayload = z.object({
  action: z.enum(['blocked_by_added', 'blocked_by_removed', 'blocking_added', 'blocking_removed']),
  repository,
  sender,
  blocked_issue: issue,
  blocking_issue: issue,
});
export type DependencyPayload = z.output<typeof dependencyPayload>;

/** `push` (which tells of deleted branches too). */
export const pushPayload = z.object({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  deleted: z.boolean(),
  commits: z.array(z.object({ id: z.string(), message: z.string() })),
  repository,
  sender,
});
export type PushPayload = z.output<typeof pushPayload>;

export const repositoryPayload = z.object({
  action: z.string(),
  repository,
  sender,
  changes: z
    .object({
      repository: z.object({ name: z.object({ from: z.string() }) }).optional(),
      owner: z
        .object({
          from: z.object({
            user: z.object({ login: z.string() }).nullish(),
            organization: z.object({ login: z.string() }).nullish(),
          }),
        })
        .optional(),
    })
    .optional(),
});
export type RepositoryPayload = z.output<typeof repositoryPayload>;

const brief = z.object({ id: z.int() });
export const installationPayload = z.object({
  action: z.string(),
  sender,
  repositories: z.array(brief).optional(),
  repositories_added: z.array(brief).optional(),
  repositories_removed: z.array(brief).optional(),
});
export type InstallationPayload = z.output<typeof installationPayload>;
