import { z } from 'zod';
import { type OrderParts, parseOrder } from '../../domain/run/order.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { RepositoryRef } from '../../town/ports/hub.ts';
import type { ActionEnvironment } from './action-environment.ts';

/** What one job is to do. */
export type JobTask =
  /** Take in the event; the job that settles does the rest. `issue` null: which convoy it concerns is not in the event. */
  | { readonly kind: 'event'; readonly issue: number | null }
  | { readonly kind: 'bead'; readonly issue: number; readonly bead: number }
  /** Work one bead for a town elsewhere, which ordered it. */
  | { readonly kind: 'ordered-bead'; readonly order: OrderParts }
  | { readonly kind: 'settle'; readonly issue: number }
  /** Look which convoys wait for something. */
  | { readonly kind: 'clock' }
  | { readonly kind: 'nothing' };

const count = z.coerce.number().int().positive();
const text = z.string().optional();

const ofBranch = z.object({ head_branch: z.string().nullish() }).optional();

const payload = z.object({
  repository: z.object({
    id: z.int(),
    name: z.string(),
    owner: z.object({ login: z.string() }),
    private: z.boolean().default(false),
  }),
  issue: z.object({ number: z.int(), pull_request: z.unknown().optional() }).optional(),
  pull_request: z.object({ head: z.object({ ref: z.string() }) }).optional(),
  /** `push` names a branch in full, `workflow_dispatch` the one that it runs on. */
  ref: text,
  check_suite: ofBranch,
  workflow_run: ofBranch,
  inputs: z.object({ issue: text, bead: text, order: text }).nullish(),
});

export interface Job {
  readonly task: JobTask;
  readonly rig: RepositoryRef;
  /** Whether strangers can read the repository, its refs among it. */
  readonly isPublic: boolean;
}

/** Reads from the event and the inputs what the job is for. Throws `CannotRun` for an event that names no repository. */
export function jobOf({ event, payload: given, inputs }: ActionEnvironment): Job {
  const parsed = payload.safeParse(given);
  if (!parsed.success) {
    const problem = parsed.error.issues
      .map((issue) => `${issue.path.join('.')} (${issue.message})`)
      .join(', ');
    throw new CannotRun('usage', `The event ${event} is not one that this action knows: ${problem}.`);
  }
  const { repository, ...rest } = parsed.data;
  const issue = inputs.convoy ?? issueOf(rest);
  return {
    task: taskOf(inputs.part, event, issue, rest.inputs ?? {}),
    rig: { id: repository.id, owner: repository.owner.login, name: repository.name },
    isPublic: !repository.private,
  };
}

function taskOf(
  part: ActionEnvironment['inputs']['part'],
  event: string,
  issue: number | null,
  given: { readonly bead?: string | undefined; readonly order?: string | undefined },
): JobTask {
  if (part === 'settle') return settle(issue);
  if (part === 'work') return work(event, issue, given.bead);
  const order = parseOrder(given.order ?? '');
  if (order === null) throw new CannotRun('usage', 'The workflow was started without an order of the App’s.');
  return { kind: 'ordered-bead', order };
}

const settle = (issue: number | null): JobTask =>
  issue === null ? { kind: 'nothing' } : { kind: 'settle', issue };

function work(event: string, issue: number | null, given: string | undefined): JobTask {
  if (event === 'schedule') return { kind: 'clock' };
  const bead = count.safeParse(given);
  if (event !== 'workflow_dispatch') return { kind: 'event', issue };
  // With no bead it was started to settle, which the run's other job does.
  return issue !== null && bead.success ? { kind: 'bead', issue, bead: bead.data } : { kind: 'nothing' };
}

function issueOf(given: Omit<z.output<typeof payload>, 'repository'>): number | null {
  const named = count.safeParse(given.inputs?.issue);
  if (named.success) return named.data;
  const { pull_request, check_suite, workflow_run, ref } = given;
  const name =
    pull_request?.head.ref ??
    (check_suite ?? workflow_run)?.head_branch ??
    ref?.replace(/^refs\/heads\//, '') ??
    '';
  const branch = /^gas-town\/convoy-(\d+)$/.exec(name);
  if (branch) return Number(branch[1]);
  const isPullRequest = given.issue?.pull_request !== undefined && given.issue.pull_request !== null;
  return isPullRequest ? null : (given.issue?.number ?? null);
}
