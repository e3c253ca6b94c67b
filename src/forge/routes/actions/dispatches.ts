import { z } from 'zod';
import { dispatchInputs, type InputValue } from '../../actions/workflow/dispatch-inputs.ts';
import { parseText } from '../../actions/workflow/load-workflow.ts';
import { createRun } from '../../effects/create-run.ts';
import { resolveCommit } from '../../git/refs.ts';
import { repositoryPage, repositoryUrl } from '../../render/repository.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { type Reply, type WriteRequest, write } from '../../server/operation.ts';
import { emit } from '../../webhooks/emit.ts';
import { bareOf } from '../bare-repository.ts';
import { type WorkflowFile, workflowOf } from './find-workflow.ts';

/** GitHub's most inputs of a dispatch, and most characters of them as JSON. */
const mostInputs = 25;
const longestInputs = 65_535;

const dispatch = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  return_run_details: z.boolean().default(false),
});
type Dispatch = WriteRequest<z.infer<typeof dispatch>>;

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
    const given = await inputsOf(request, workflow);
    const sha = await resolveCommit(bareOf(request), body.ref);
    if (sha === undefined) throw new ApiError(422, `No ref found for: ${body.ref}`);
    const ref = body.ref.startsWith('refs/') ? body.ref : `refs/heads/${body.ref}`;
    const payload = { inputs: given, ref, workflow: workflow.row.path };
    emit(context, repository, actor.user, 'workflow_dispatch', payload);
    const about = { sha, ref, workflowSha: sha, title: workflow.row.name, sender: actor.user };
    const id = await createRun(context, workflow.row, {
      event: 'workflow_dispatch',
      payload,
      inputs: given,
      ...about,
    });
    return body.return_run_details ? details(request, id) : { status: 204 };
  },
});

function details({ view, repository }: Dispatch, id: number): Reply {
  return {
    status: 200,
    body: {
      workflow_run_id: id,
      run_url: `${repositoryUrl(view, repository)}/actions/runs/${id}`,
      html_url: `${repositoryPage(view, repository)}/actions/runs/${id}`,
    },
  };
}

/**
 * The inputs of the dispatch, by the workflow where one runs it, and else as they were given.
 * @throws ApiError 422 as GitHub words it
 */
async function inputsOf(
  { context, body }: Dispatch,
  workflow: WorkflowFile,
): Promise<Readonly<Record<string, unknown>>> {
  const given = body.inputs ?? {};
  if (!/\bworkflow_dispatch\b/.test(workflow.text)) {
    throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
  }
  if (Object.keys(given).length > mostInputs) {
    throw new ApiError(
      422,
      `You may only define up to ${mostInputs} \`inputs\` for a \`workflow_dispatch\` event`,
    );
  }
  if (JSON.stringify(given).length > longestInputs) throw new ApiError(422, 'inputs are too large.');
  if (context.actions === undefined) return given;
  return fitInputs(workflow, given);
}

async function fitInputs(
  { row, text }: WorkflowFile,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, InputValue>>> {
  const parsed = await parseText(row.path, text);
  if (parsed.kind === 'invalid')
    throw new ApiError(422, `failed to parse workflow: ${parsed.errors.join('; ')}`);
  const event = parsed.workflow.on.workflow_dispatch;
  if (event === undefined) throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
  const fitted = dispatchInputs(event, given);
  if (fitted.kind === 'refused') throw new ApiError(422, fitted.reason);
  return fitted.inputs;
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
