import { z } from 'zod';
import { now } from '../../context.ts';
import { emitRun } from '../../effects/workflow-runs.ts';
import { resolveCommit } from '../../git/refs.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { emit } from '../../webhooks/emit.ts';
import { bareOf } from '../bare-repository.ts';
import { type Workflow, workflowOf } from './find-workflow.ts';

/** GitHub's most inputs of a dispatch, and most characters of them as JSON. */
const mostInputs = 25;
const longestInputs = 65_535;

const dispatch = z.object({ ref: z.string(), inputs: z.record(z.string(), z.unknown()).optional() });

export const dispatchWorkflow = write({
  method: 'POST',
  path: '/actions/workflows/{workflow_id}/dispatches',
  operationId: 'actions/create-workflow-dispatch',
  permission: 'actions=write',
  level: 'write',
  body: dispatch,
  handle: async (request) => {
    const { context, repository, actor, body } = request;
    const workflow = await workflowOf(request);
    const inputs = body.inputs ?? {};
    if (!/\bworkflow_dispatch\b/.test(workflow.text)) {
      throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
    }
    if (Object.keys(inputs).length > mostInputs) {
      throw new ApiError(
        422,
        `You may only define up to ${mostInputs} \`inputs\` for a \`workflow_dispatch\` event`,
      );
    }
    if (JSON.stringify(inputs).length > longestInputs) throw new ApiError(422, 'inputs are too large.');
    const sha = await resolveCommit(bareOf(request), body.ref);
    if (sha === undefined) throw new ApiError(422, `No ref found for: ${body.ref}`);
    const ref = body.ref.startsWith('refs/') ? body.ref : `refs/heads/${body.ref}`;
    emit(context, repository, actor.user, 'workflow_dispatch', { inputs, ref, workflow: workflow.row.path });
    await emitRun(context, insertRun(request, workflow, ref, sha), 'requested', actor.user);
    return { status: 204 };
  },
});

function insertRun(
  request: WriteRequest<z.infer<typeof dispatch>>,
  workflow: Workflow,
  ref: string,
  sha: string,
): number {
  const { context, actor, body } = request;
  const at = now(context);
  return context.store.run(
    `INSERT INTO workflow_runs (workflow_id, number, event, status, head_branch, head_sha, user_id, inputs, created_at, updated_at)
     VALUES (?, (SELECT count(*) + 1 FROM workflow_runs WHERE workflow_id = ?), 'workflow_dispatch', 'queued', ?, ?, ?, ?, ?, ?)`,
    workflow.row.id,
    workflow.row.id,
    ref.replace(/^refs\/(heads|tags)\//, ''),
    sha,
    actor.user.id,
    JSON.stringify(body.inputs ?? {}),
    at,
    at,
  ).id;
}

export const dispatchRepository = write({
  method: 'POST',
  path: '/dispatches',
  operationId: 'repos/create-dispatch-event',
  permission: 'contents=write',
  level: 'write',
  body: z.object({ event_type: z.string(), client_payload: z.record(z.string(), z.unknown()).optional() }),
  handle: ({ context, repository, actor, body }) => {
    const payload = body.client_payload ?? {};
    if (body.event_type === '' || body.event_type.length > 100) {
      throw validationFailed({ resource: 'RepositoryDispatch', code: 'invalid', field: 'event_type' });
    }
    if (Object.keys(payload).length > 10)
      throw new ApiError(422, 'No more than 10 properties are allowed; `client_payload` has more.');
    emit(context, repository, actor.user, 'repository_dispatch', {
      action: body.event_type,
      branch: repository.default_branch,
      client_payload: payload,
    });
    return { status: 204 };
  },
});
