import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { githubPace, noPace, type Pace } from '../../adapters/github/pace/pace.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import { logLevels } from '../../faces/operations/log/create-log.ts';
import { type Access, isLoopback } from '../../faces/web/door/access.ts';
import type { ServeLogOptions } from './serve-log.ts';

/** The environment of `gastown serve`, by Probot's own names. */
const variables = z.object({
  /** The App's number. */
  APP_ID: z.coerce.number().int().positive(),
  /** The App's private key (PEM; `\n` may stand for line ends) … */
  PRIVATE_KEY: z.string().optional(),
  /** … or the file that holds it. */
  PRIVATE_KEY_PATH: z.string().optional(),
  /** The secret that GitHub signs webhooks with. There is no default. */
  WEBHOOK_SECRET: z.string().min(8),
  /** Where the server listens. */
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** REST root of an Enterprise server, `https://ghe.example.com/api/v3`. */
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  /** Where repositories are cloned from. */
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
  /** `none` for an Enterprise server without rate limits: no pauses between writes. */
  GASTOWN_PACE: z.enum(['github', 'none']).default('github'),
  /** Seconds until GitHub surely shows what it created: so long is a create looked for whose answer was lost. */
  GASTOWN_SHOWN_WITHIN: z.coerce.number().min(0).max(3600).default(60),
  /** Where the ledger and the bare repositories are kept. */
  GASTOWN_DATA: z.string().default('.gas-town'),
  /** Lets people elsewhere see the dashboard and the metrics. Needed where HOST is not loopback; without it they stay shut there. */
  GASTOWN_WEB_TOKEN: z.string().min(16).optional(),
  /** The App's own, with which people log in to the dashboard. */
  GITHUB_CLIENT_ID: z.string().min(1).optional(),
  GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  /** Where GitHub and people reach the server. */
  GASTOWN_URL: z.url({ protocol: /^https?$/ }).optional(),
  GASTOWN_LOG_LEVEL: z.enum(logLevels).default('info'),
  /** `json`: one object a line; `plain`: for people. By default `plain` on a terminal. */
  GASTOWN_LOG: z.enum(['json', 'plain']).optional(),
  /** Opens the sessions that runs of GitHub Actions seal with the secret of this name; without it they stay closed to the App. */
  GASTOWN_LEDGER_KEY: z.string().min(16).optional(),
  /** The container image that beads are worked in, where a rig names none. */
  GASTOWN_IMAGE: z.string().default('gas-town-rig:latest'),
});

export interface ServeEnvironment {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly host: string;
  readonly port: number;
  readonly baseUrl: string;
  readonly gitRoot: string;
  /** With GitHub's advised pauses between writes. */
  readonly paced: boolean;
  readonly pace: Pace;
  readonly lostCreateMs: number;
  readonly folder: string;
  readonly image: string;
  /** Null: what runs elsewhere seal stays closed. */
  readonly ledgerKey: string | null;
  /** What opens the dashboard without GitHub. Null: nothing does. */
  readonly access: Exclude<Access, { kind: 'github' }> | null;
  /** How people log in with GitHub; null where they don't. */
  readonly login: ServeLogin | null;
  readonly log: Pick<ServeLogOptions, 'format' | 'level' | 'secrets'>;
}

export interface ServeLogin {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `https://gastown.example.com`, without a path. */
  readonly root: string;
}

/** Reads and checks the environment. Rejects with `CannotRun`, one sentence that names the variable. */
export async function serveEnvironment(env: NodeJS.ProcessEnv): Promise<ServeEnvironment> {
  const parsed = variables.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ');
    throw new CannotRun('usage', `gastown serve needs its environment set: ${wrong}.`);
  }
  const given = parsed.data;
  return {
    appId: given.APP_ID,
    privateKey: await privateKey(given),
    webhookSecret: given.WEBHOOK_SECRET,
    host: given.HOST,
    port: given.PORT,
    baseUrl: given.GITHUB_API_URL.replace(/\/$/, ''),
    gitRoot: given.GITHUB_SERVER_URL.replace(/\/$/, ''),
    paced: given.GASTOWN_PACE === 'github',
    pace: given.GASTOWN_PACE === 'github' ? githubPace : noPace,
    lostCreateMs: given.GASTOWN_SHOWN_WITHIN * 1000,
    folder: resolve(given.GASTOWN_DATA),
    image: given.GASTOWN_IMAGE,
    ledgerKey: given.GASTOWN_LEDGER_KEY ?? null,
    access: accessOf(given),
    login: loginOf(given),
    log: {
      level: given.GASTOWN_LOG_LEVEL,
      format: given.GASTOWN_LOG ?? (process.stdout.isTTY ? 'plain' : 'json'),
      secrets: secretsOf(given, env),
    },
  };
}

function accessOf({ HOST, GASTOWN_WEB_TOKEN }: z.output<typeof variables>): ServeEnvironment['access'] {
  if (GASTOWN_WEB_TOKEN) return { kind: 'token', token: GASTOWN_WEB_TOKEN };
  return isLoopback(HOST) ? { kind: 'loopback' } : null;
}

/** All three, or none: on a machine without an address of its own the login has nowhere to come back to. */
function loginOf(given: z.output<typeof variables>): ServeLogin | null {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret, GASTOWN_URL: url } = given;
  if (!clientId || !clientSecret || !url) return null;
  return { clientId, clientSecret, root: new URL(url).origin };
}

/** Values that stand in the environment and may stand nowhere else. */
function secretsOf(given: z.output<typeof variables>, env: NodeJS.ProcessEnv): readonly string[] {
  const { WEBHOOK_SECRET, GASTOWN_WEB_TOKEN, GITHUB_CLIENT_SECRET, GASTOWN_LEDGER_KEY } = given;
  return [
    WEBHOOK_SECRET,
    GASTOWN_WEB_TOKEN,
    GITHUB_CLIENT_SECRET,
    GASTOWN_LEDGER_KEY,
    env.OPENAI_API_KEY,
    env.NEBIUS_API_KEY,
  ].filter((value) => value !== undefined);
}

async function privateKey(given: z.output<typeof variables>): Promise<string> {
  if (given.PRIVATE_KEY) return given.PRIVATE_KEY.replaceAll('\\n', '\n');
  if (!given.PRIVATE_KEY_PATH) {
    throw new CannotRun(
      'usage',
      'gastown serve needs PRIVATE_KEY or PRIVATE_KEY_PATH: the key of the GitHub App.',
    );
  }
  try {
    return await readFile(given.PRIVATE_KEY_PATH, 'utf8');
  } catch (error) {
    throw new CannotRun(
      'usage',
      `PRIVATE_KEY_PATH (${given.PRIVATE_KEY_PATH}) can't be read: check the path.`,
      {
        cause: error,
      },
    );
  }
}
