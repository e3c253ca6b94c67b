import type { ForgeContext } from '../../context.ts';
import { createRun } from '../../effects/create-run.ts';
import type { Json } from '../../render/view.ts';
import { listWorkflows } from '../../routes/actions/find-workflow.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import { findUserById } from '../../store/users.ts';
import { defaultHead } from '../default-head.ts';
import { parseText } from '../workflow/load-workflow.ts';
import type { Events } from '../workflow/workflow.ts';
import { listensTo } from './listens-to.ts';

export interface TriggerRow {
  readonly id: number;
  readonly repository_id: number;
  readonly event: string;
  readonly payload: string;
  readonly user_id: number;
}

interface PullPart {
  readonly number: number;
  readonly head: { readonly sha: string };
}

/** Starts a run of each workflow of the default branch that listens to the event. */
export async function startRuns(context: ForgeContext, trigger: TriggerRow): Promise<void> {
  const repository = findRepositoryById(context.store, trigger.repository_id);
  const payload = JSON.parse(trigger.payload) as Json;
  const action = typeof payload.action === 'string' ? payload.action : null;
  const head = await defaultHead(context, repository);
  if (head === undefined) return;
  const about = { workflowSha: head.sha, ...subject(payload, head) };
  for (const { row, text } of await listWorkflows(context, repository)) {
    const parsed = await parseText(row.path, text);
    const heard = (event: string) => parsed.kind === 'workflow' && hears(parsed.workflow.on, event, action);
    const names =
      trigger.event === 'pull_request' ? ['pull_request', 'pull_request_target'] : [trigger.event];
    // A file that can't be read whole may still name the event, and then its run tells what is wrong.
    const broken = parsed.kind === 'invalid' && new RegExp(`\\b${trigger.event}\\b`).test(text);
    const event = broken ? trigger.event : names.find(heard);
    if (event === undefined) continue;
    const title = titleOf(payload) ?? row.name;
    const sender = findUserById(context.store, trigger.user_id);
    await createRun(context, row, { event, payload, inputs: {}, sender, title, ...about });
  }
}

function hears(on: Events, event: string, action: string | null): boolean {
  return event in on && listensTo(on, event as keyof Events, action);
}

interface Subject {
  readonly sha: string;
  readonly ref: string;
}

/** The commit and ref that an event is about: a pull request's own, else the default branch. */
function subject(payload: Json, otherwise: Subject): Subject {
  const pull = payload.pull_request as PullPart | undefined;
  return pull === undefined ? otherwise : { sha: pull.head.sha, ref: `refs/pull/${pull.number}/merge` };
}

function titleOf(payload: Json): string | undefined {
  const named = (payload.pull_request ?? payload.issue) as { readonly title?: string } | undefined;
  return named?.title ?? (typeof payload.event_type === 'string' ? payload.event_type : undefined);
}
