import type { Octokit } from '@octokit/rest';
import { type Hub, HubFailed, type RigChecks } from '../../town/ports/hub.ts';
import { call } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type CheckRunAnswer = Awaited<
  ReturnType<Octokit['rest']['checks']['listForRef']>
>['data']['check_runs'][number];

const red: readonly string[] = ['failure', 'timed_out', 'startup_failure'];
const running: readonly string[] = ['queued', 'in_progress', 'pending', 'requested'];

const checksReadMax = 10;
const logLengthMax = 8_000;

export function rigCheckOperations(client: RepositoryClient): Pick<Hub, 'checksOf'> {
  const { octokit } = client;
  return {
    checksOf: async (ref, ours): Promise<RigChecks> => {
      const runs = await call('checks/list-for-ref', async () => {
        const { data } = await octokit.rest.checks.listForRef({ ...at(client), ref, per_page: 100 });
        return data.check_runs.filter((run) => !(run.external_id ?? '').startsWith(ours));
      });
      const failed = runs.filter((run) => red.includes(run.conclusion ?? '')).slice(0, checksReadMax);
      const checks = failed.map(async (run) => ({
        name: run.name,
        conclusion: run.conclusion ?? '',
        url: run.html_url ?? run.details_url ?? '',
        log: (await logOf(client, run)).slice(-logLengthMax),
      }));
      return { running: runs.some(({ status }) => running.includes(status)), red: await Promise.all(checks) };
    },
  };
}

/** The log of the job behind a check run of GitHub Actions; of any other, what it says of itself and its annotations. */
async function logOf(client: RepositoryClient, run: CheckRunAnswer): Promise<string> {
  const job = /\/actions\/runs\/\d+\/job\/(\d+)/.exec(`${run.html_url} ${run.details_url}`)?.[1];
  const log = job === undefined ? null : await unlessRefused(() => jobLog(client, Number(job)));
  if (log !== null) return log;
  const { output } = run;
  const notes = output.annotations_count > 0 ? await unlessRefused(() => annotations(client, run.id)) : null;
  return [output.title, output.summary, output.text, notes].filter(Boolean).join('\n\n');
}

/** GitHub answers with a redirect to where the text lies for a minute. */
async function jobLog(client: RepositoryClient, job_id: number): Promise<string> {
  return call('actions/download-job-logs-for-workflow-run', async () => {
    const request = { ...at(client), job_id };
    const { data } = await client.octokit.rest.actions.downloadJobLogsForWorkflowRun(request);
    return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : String(data);
  });
}

async function annotations(client: RepositoryClient, check_run_id: number): Promise<string> {
  return call('checks/list-annotations', async () => {
    const request = { ...at(client), check_run_id, per_page: 50 };
    const { data } = await client.octokit.rest.checks.listAnnotations(request);
    return data.map((one) => `${one.path}:${one.start_line}: ${one.message ?? ''}`).join('\n');
  });
}

/** A log that is gone or that the installation may not read is not there; what fails otherwise is tried again later. */
async function unlessRefused(read: () => Promise<string>): Promise<string | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof HubFailed && error.outcome === 'refused' && error.retryAt === null) return null;
    throw error;
  }
}
