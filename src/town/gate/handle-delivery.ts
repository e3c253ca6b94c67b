import type { z } from 'zod';
import type { Town } from '../town.ts';
import { closePullRequest } from './close-pull-request.ts';
import { obeyComment } from './commands/obey-comment.ts';
import {
  checksPayload,
  commentPayload,
  jobPayload,
  labelledPayload,
  pullRequestPayload,
  reviewPayload,
  runPayload,
} from './deliveries.ts';
import {
  dependencyPayload,
  installationPayload,
  issueHandPayload,
  pushPayload,
  repositoryPayload,
  subIssuePayload,
} from './hands/hand-payloads.ts';
import { takeIssuePayload } from './hands/take-issue-hand.ts';
import { takeDependencyPayload, takeSubIssuePayload } from './hands/take-links-hand.ts';
import { takePushPayload } from './hands/take-push-hand.ts';
import { takeInstallationPayload, takeRepositoryPayload } from './hands/take-rig-hand.ts';
import { openOrder } from './open-order.ts';
import { reopenPullRequest } from './reopen-pull-request.ts';
import { takeBasePush } from './take-base-push.ts';
import { takeChecks } from './take-checks.ts';
import { takeReview } from './take-review.ts';
import { takeJob, takeRun } from './take-run.ts';

export interface Delivery {
  /** GitHub's `X-GitHub-Delivery`. */
  readonly guid: string;
  /** `X-GitHub-Event`. */
  readonly event: string;
  readonly payload: unknown;
}

type Handler = (town: Town, delivery: Delivery) => Promise<void>;

/** Hands a payload on in the shape that it is read in; one of another shape is none of the town's business. */
function shaped<Schema extends z.ZodType>(
  schema: Schema,
  handle: (town: Town, payload: z.output<Schema>, cause: string) => Promise<void>,
): Handler {
  return async (town, { payload, guid }) => {
    const parsed = schema.safeParse(payload);
    if (parsed.success) await handle(town, parsed.data, guid);
  };
}

const handlers: Readonly<Record<string, readonly Handler[]>> = {
  issues: [shaped(labelledPayload, openOrder), shaped(issueHandPayload, takeIssuePayload)],
  issue_comment: [shaped(commentPayload, obeyComment)],
  pull_request: [shaped(pullRequestPayload, closePullRequest), shaped(pullRequestPayload, reopenPullRequest)],
  pull_request_review: [shaped(reviewPayload, takeReview)],
  sub_issues: [shaped(subIssuePayload, takeSubIssuePayload)],
  issue_dependencies: [shaped(dependencyPayload, takeDependencyPayload)],
  push: [shaped(pushPayload, takePushPayload), shaped(pushPayload, takeBasePush)],
  check_run: [shaped(checksPayload, takeChecks)],
  check_suite: [shaped(checksPayload, takeChecks)],
  workflow_job: [shaped(jobPayload, takeJob)],
  workflow_run: [shaped(checksPayload, takeChecks), shaped(runPayload, takeRun)],
  repository: [shaped(repositoryPayload, takeRepositoryPayload)],
  installation: [shaped(installationPayload, takeInstallationPayload)],
  installation_repositories: [shaped(installationPayload, takeInstallationPayload)],
};

/** Does what one webhook asks for; anything that the town has no part in is left alone. Safe to do again. */
export async function handleDelivery(town: Town, delivery: Delivery): Promise<void> {
  const known = Object.hasOwn(handlers, delivery.event) ? handlers[delivery.event] : undefined;
  for (const handle of known ?? []) await handle(town, delivery);
}
