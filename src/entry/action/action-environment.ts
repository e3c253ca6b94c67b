import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import { rigImage } from '../check-machine.ts';
import { type ActionInputs, readInputs } from './action-inputs.ts';

/** What GitHub Actions tells a job, by its own names. */
const variables = z.object({
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
  GITHUB_RUN_ID: z.coerce.number().int().nonnegative(),
  GITHUB_WORKFLOW_REF: z.string().default(''),
  /** `none` for an Enterprise server without rate limits. */
  GASTOWN_PACE: z.enum(['github', 'none']).default('github'),
  RUNNER_TEMP: z.string().default('/tmp'),
});

export interface ActionEnvironment {
  readonly inputs: ActionInputs;
  readonly token: string;
  readonly event: string;
  readonly payload: unknown;
  /** The run that the job belongs to. */
  readonly run: number;
  /** File name of the workflow, by which further runs of it are started. */
  readonly workflow: string;
  readonly baseUrl: string;
  readonly gitRoot: string;
  /** Where the ledger of this run and the bare repository are kept. */
  readonly folder: string;
  /** The image that beads are worked in where a rig names none. */
  readonly image: string;
  /** With GitHub's advised pauses. */
  readonly paced: boolean;
  /** Null: markers are signed with a key derived from the model's. */
  readonly markerKey: string | null;
}

/** Reads and checks what the job was started with. Rejects with `CannotRun`, one sentence that names what is wrong. */
export async function actionEnvironment(env: NodeJS.ProcessEnv): Promise<ActionEnvironment> {
  const parsed = variables.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ');
    throw new CannotRun('usage', `gastown action runs inside GitHub Actions: ${wrong}.`);
  }
  const given = parsed.data;
  const inputs = readInputs(env);
  return {
    inputs,
    token: inputs['github-token'],
    event: given.GITHUB_EVENT_NAME,
    payload: await eventPayload(given.GITHUB_EVENT_PATH),
    run: given.GITHUB_RUN_ID,
    workflow: /\/([^/@]+)@/.exec(given.GITHUB_WORKFLOW_REF)?.[1] ?? 'gas-town.yml',
    baseUrl: given.GITHUB_API_URL.replace(/\/$/, ''),
    gitRoot: given.GITHUB_SERVER_URL.replace(/\/$/, ''),
    folder: join(given.RUNNER_TEMP, 'gas-town'),
    image: inputs.image ?? rigImage,
    paced: given.GASTOWN_PACE === 'github',
    markerKey: inputs['marker-key'] ?? null,
  };
}

/** The environment that the rest of the program reads, with the inputs under the names that it knows them by. */
export function programEnvironment(env: NodeJS.ProcessEnv, inputs: ActionInputs): NodeJS.ProcessEnv {
  const named = {
    OPENAI_API_KEY: inputs['openai-api-key'],
    OPENAI_BASE_URL: inputs['openai-base-url'],
    NEBIUS_API_KEY: inputs['nebius-api-key'],
    GASTOWN_MODELS: inputs.models,
  };
  return { ...env, ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) };
}

async function eventPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CannotRun('usage', `The event file ${path} can't be read as JSON: check GITHUB_EVENT_PATH.`, {
      cause: error,
    });
  }
}
