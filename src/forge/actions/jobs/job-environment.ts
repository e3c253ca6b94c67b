import type { Json } from '../../render/view.ts';
import type { JobFiles, StepFiles } from './job-files.ts';

/** What a step's environment is made from. */
export interface StepPlace {
  /** The `github` context. */
  readonly github: Json;
  readonly jobKey: string;
  readonly stepId: string;
  /** `owner/repository` and ref of the action, as `uses` names them. */
  readonly uses: string;
  readonly runner: string;
  readonly files: JobFiles;
  readonly stepFiles: StepFiles;
}

/** GitHub's names of the context's fields that every step finds in its environment. */
const fields = [
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'graphql_url',
  'head_ref',
  'ref',
  'ref_name',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
];

/** The variables that GitHub documents for every step of a job. */
export function stepEnvironment(place: StepPlace): Record<string, string> {
  const { github, files, stepFiles } = place;
  const [repository = '', ref = ''] = place.uses.split('@');
  return {
    CI: 'true',
    HOME: files.home,
    ...Object.fromEntries(fields.map((name) => [`GITHUB_${name.toUpperCase()}`, String(github[name] ?? '')])),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: place.stepId,
    GITHUB_ACTION_REPOSITORY: repository,
    GITHUB_ACTION_REF: ref,
    GITHUB_JOB: place.jobKey,
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_EVENT_PATH: files.event,
    GITHUB_WORKSPACE: files.workspace,
    GITHUB_OUTPUT: stepFiles.output,
    GITHUB_ENV: stepFiles.env,
    GITHUB_PATH: stepFiles.path,
    GITHUB_STATE: stepFiles.state,
    GITHUB_STEP_SUMMARY: stepFiles.summary,
    RUNNER_NAME: place.runner,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_TEMP: files.temp,
    RUNNER_TOOL_CACHE: files.temp,
  };
}

/** The variables that hold an action's inputs. */
export function inputEnvironment(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  );
}
