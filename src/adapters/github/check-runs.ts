import type { Hub } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type CheckOperations = Pick<Hub, 'findCheckRun' | 'createCheckRun'>;

/** GitHub keeps at most 65,535 characters of a check run's summary. */
const summaryLengthMax = 65_000;
/** And takes so many annotations in one request. */
const annotationsMax = 50;

export function checkRunOperations(client: RepositoryClient): CheckOperations {
  const { octokit } = client;
  return {
    findCheckRun: (ref, externalId) =>
      call('checks/list-for-ref', async () => {
        const { data } = await octokit.rest.checks.listForRef({ ...at(client), ref, per_page: 100 });
        return data.check_runs.find((run) => run.external_id === externalId)?.id ?? null;
      }),
    createCheckRun: (run) =>
      call('checks/create', async () => {
        const { data } = await octokit.rest.checks.create({
          ...at(client),
          name: run.name,
          head_sha: run.sha,
          external_id: run.externalId,
          status: 'completed',
          conclusion: run.conclusion,
          output: {
            title: run.title,
            summary: run.summary.slice(0, summaryLengthMax),
            annotations: run.annotations.slice(0, annotationsMax).map((one) => ({
              path: one.path,
              start_line: one.line,
              end_line: one.line,
              annotation_level: one.level,
              message: one.message,
            })),
          },
          ...once,
        });
        return data.id;
      }),
  };
}
