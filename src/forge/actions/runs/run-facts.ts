import type { ForgeContext } from '../../context.ts';
import { renderRepository, repositoryFullName } from '../../render/repository.ts';
import { renderUser } from '../../render/user.ts';
import type { Json } from '../../render/view.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import type { RepositoryRow, WorkflowJobRow, WorkflowRow, WorkflowRunRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import type { Contexts } from '../workflow/expressions.ts';

/** A run with its workflow, its repository and the jobs of its latest attempt, as of now. */
export interface RunFacts {
  readonly run: WorkflowRunRow;
  readonly row: WorkflowRow;
  readonly repository: RepositoryRow;
  readonly jobs: readonly WorkflowJobRow[];
}

export function readRun(context: ForgeContext, id: number): RunFacts {
  const { store } = context;
  const run = store.one<WorkflowRunRow>('SELECT * FROM workflow_runs WHERE id = ?', id);
  const row = run && store.one<WorkflowRow>('SELECT * FROM workflows WHERE id = ?', run.workflow_id);
  if (run === undefined || row === undefined) throw new Error(`workflow run ${id} is gone`);
  const jobs = store.all<WorkflowJobRow>(
    'SELECT * FROM workflow_jobs WHERE run_id = ? AND attempt = ? ORDER BY id',
    id,
    run.attempt,
  );
  return { run, row, repository: findRepositoryById(store, row.repository_id), jobs };
}

/** The event's payload as GitHub writes it into the event file. */
export function eventPayload(context: ForgeContext, { run, repository }: RunFacts): Json {
  return {
    ...(JSON.parse(run.payload) as Json),
    repository: renderRepository(context.view, repository),
    sender: renderUser(context.view, findUserById(context.store, run.user_id)),
  };
}

/** The `github`, `inputs` and `vars` contexts of a run. */
export function runContexts(
  context: ForgeContext,
  facts: RunFacts,
  variables: Readonly<Record<string, string>>,
): Contexts {
  const { run, row, repository } = facts;
  const { view, store } = context;
  const event = eventPayload(context, facts);
  const fullName = repositoryFullName(view, repository);
  const actor = findUserById(store, run.user_id);
  const pull = event.pull_request as
    | { readonly head: { readonly ref: string }; readonly base: { readonly ref: string } }
    | undefined;
  return {
    github: {
      event_name: run.event,
      event,
      sha: run.head_sha,
      ref: run.ref,
      ref_name: run.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
      ref_type: 'branch',
      head_ref: pull?.head.ref ?? '',
      base_ref: pull?.base.ref ?? '',
      repository: fullName,
      repository_id: String(repository.id),
      repository_owner: fullName.split('/')[0],
      repository_owner_id: String(repository.owner_id),
      run_id: String(run.id),
      run_number: String(run.number),
      run_attempt: String(run.attempt),
      actor: actor.login,
      actor_id: String(actor.id),
      triggering_actor: actor.login,
      workflow: row.name || row.path,
      workflow_ref: `${fullName}/${row.path}@${run.ref}`,
      workflow_sha: run.workflow_sha,
      server_url: view.html,
      api_url: view.api,
      graphql_url: `${view.html}/api/graphql`,
      retention_days: '90',
    },
    inputs: JSON.parse(run.inputs) as Json,
    vars: variables,
  };
}
