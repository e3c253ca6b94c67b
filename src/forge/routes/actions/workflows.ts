import { renderWorkflow } from '../../render/workflow.ts';
import { read } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { listWorkflows as findWorkflows, workflowOf } from './find-workflow.ts';

export const listWorkflows = read({
  path: '/actions/workflows',
  operationId: 'actions/list-repo-workflows',
  permission: 'actions=read',
  handle: async (request) =>
    listReply(
      request,
      await findWorkflows(request.context, request.repository),
      ({ row }) => renderWorkflow(request.view, request.repository, row),
      (workflows, total_count) => ({ total_count, workflows }),
    ),
});

export const getWorkflow = read({
  path: '/actions/workflows/{workflow_id}',
  operationId: 'actions/get-workflow',
  permission: 'actions=read',
  handle: async (request) => {
    const { row } = await workflowOf(request);
    return { status: 200, body: renderWorkflow(request.view, request.repository, row) };
  },
});
