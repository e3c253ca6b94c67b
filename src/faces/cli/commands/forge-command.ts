import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { CannotRun } from '../cannot-run.ts';
import { portNumber } from '../options/port.ts';

/** What `gastown forge` is asked to serve. */
export interface ForgeOptions {
  /** The embedded GitHub of a workspace's town, or one of its own. Paths are absolute. */
  readonly of: { readonly workspace: string } | { readonly seed: string; readonly folder: string | null };
  /** 0 takes a free one. */
  readonly port: number;
  readonly webhook: string | null;
  readonly json: boolean;
}

/** Serves until it is stopped, and gives the exit status. */
export type ForgeAction = (options: ForgeOptions) => Promise<number>;

interface Parsed {
  readonly workspace?: string;
  readonly seed?: string;
  readonly folder?: string;
  readonly port: number;
  readonly webhook?: string;
  readonly json: boolean;
}

export function addForgeCommand(
  program: Command,
  forge: ForgeAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('forge')
    .description('Run the embedded GitHub alone, on loopback, until stopped: its pages, its API, its git.')
    .addOption(
      new Option('--workspace <dir>', "the one of this workspace's town").conflicts([
        'seed',
        'folder',
        'webhook',
      ]),
    )
    .option('--seed <owner/repo>', 'a repository to make, with a first commit, where it is not there yet')
    .option('--folder <dir>', 'where its state is kept; in memory when left out')
    .addOption(
      new Option('--port <number>', 'where it listens').argParser(portNumber).default(0, 'a free one'),
    )
    .option('--webhook <url>', "the App's webhook URL")
    .option('--json', 'print one line of JSON that says how to reach it', false)
    .option('--debug', 'show stack traces', false)
    .action(async (parsed: Parsed) => {
      const { port: at, json } = parsed;
      ended(await forge({ of: whose(parsed, cwd), port: at, webhook: parsed.webhook ?? null, json }));
    });
}

function whose({ workspace, seed, folder }: Parsed, cwd: string): ForgeOptions['of'] {
  if (workspace !== undefined) return { workspace: resolve(cwd, workspace) };
  if (seed === undefined) throw new CannotRun('usage', 'Say which forge: give --workspace or --seed.');
  return { seed, folder: folder === undefined ? null : resolve(cwd, folder) };
}
