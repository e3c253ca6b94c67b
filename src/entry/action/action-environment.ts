import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotRun } from '../../faces/cli/cannot-run.ts';

/** What GitHub Actions tells a job, by its own names, and the inputs that action.yml passes on. */
const variables = z.object({
  GITHUB_TOKEN: z.string().min(1),
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
  RUNNER_TEMP: z.string().default('/tmp'),
  GASTOWN_IMAGE: z.string().default('gas-town-rig:latest'),
});

export interface ActionEnvironment {
  readonly token: string;
  readonly event: string;
  readonly payload: unknown;
  readonly baseUrl: string;
  readonly gitRoot: string;
  /** Where the ledger of this run and the bare repository are kept. */
  readonly folder: string;
  readonly image: string;
}

/** Reads and checks what the job was started with. Rejects with `CannotRun`, one sentence that names the variable. */
export async function actionEnvironment(env: NodeJS.ProcessEnv): Promise<ActionEnvironment> {
  const parsed = variables.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ');
    throw new CannotRun('usage', `gastown action runs inside GitHub Actions: ${wrong}.`);
  }
  const given = parsed.data;
  return {
    token: given.GITHUB_TOKEN,
    event: given.GITHUB_EVENT_NAME,
    payload: await eventPayload(given.GITHUB_EVENT_PATH),
    baseUrl: given.GITHUB_API_URL.replace(/\/$/, ''),
    gitRoot: given.GITHUB_SERVER_URL.replace(/\/$/, ''),
    folder: join(given.RUNNER_TEMP, 'gas-town'),
    image: given.GASTOWN_IMAGE,
  };
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
