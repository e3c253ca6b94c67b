import type { BeadRuns } from '../../town/ports/bead-runs.ts';
import type { RepositoryRef } from '../../town/ports/hub.ts';
import { call, callOrNull, once } from './call.ts';
import type { HubsOptions } from './create-hubs.ts';

export interface BeadRunsOptions extends Pick<HubsOptions, 'clientFor'> {
  /** The workflow's file name. */
  readonly workflow: string;
}

/** Bead runs by `workflow_dispatch` on the default branch. The workflow names its runs after the order, by which they are found. */
export function createBeadRuns({ clientFor, workflow: workflow_id }: BeadRunsOptions): BeadRuns {
  const at = ({ owner, name }: RepositoryRef): { owner: string; repo: string } => ({ owner, repo: name });
  const find: BeadRuns['find'] = ({ rig, order }) =>
    call('actions/list-workflow-runs', async () => {
      const { rest } = (await clientFor(rig)).octokit;
      const asked = { ...at(rig), workflow_id, event: 'workflow_dispatch', per_page: 100 } as const;
      const { data } = await rest.actions.listWorkflowRuns(asked);
      return data.workflow_runs.find((run) => run.display_title === `Gas Town ${order}`)?.id ?? null;
    });
  return {
    find,
    start: (request) =>
      call('actions/create-workflow-dispatch', async () => {
        const { rig, issue, bead, order } = request;
        const { octokit } = await clientFor(rig);
        const { data: repository } = await octokit.rest.repos.get(at(rig));
        const inputs = { issue: String(issue), bead: bead === null ? '' : String(bead), order };
        const { data } = await octokit.request(
          'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
          {
            ...at(rig),
            workflow_id,
            ref: repository.default_branch,
            inputs,
            // GitHub answers with the run's id since 2026; an older server leaves it out, and the name tells.
            return_run_details: true,
            ...once,
          },
        );
        const run = runIn(data) ?? (await find(request));
        if (run === null) throw new Error(`GitHub took the order ${order} and shows no run for it yet.`);
        return run;
      }),
    async standing(rig, run_id) {
      const { rest } = (await clientFor(rig)).octokit;
      const found = await callOrNull('actions/get-workflow-run', () =>
        rest.actions.getWorkflowRun({ ...at(rig), run_id }),
      );
      if (found === null) return { status: 'ended', how: 'gone' };
      const { status, conclusion } = found.data;
      if (status === 'completed') return { status: 'ended', how: conclusion ?? 'unknown' };
      return { status: 'live', started: status === 'in_progress' };
    },
  };
}

function runIn(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('workflow_run_id' in data)) return null;
  return typeof data.workflow_run_id === 'number' ? data.workflow_run_id : null;
}
