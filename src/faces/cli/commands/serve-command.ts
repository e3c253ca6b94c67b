import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { portNumber } from '../options/port.ts';

/** What `gastown serve` is asked to serve. */
export interface ServeOptions {
  /** Absolute: the dashboard of this workspace's town alone. Null: the GitHub App, set up by its environment. */
  readonly workspace: string | null;
  /** Of the dashboard alone; 0 takes a free one. */
  readonly port: number;
}

/** Serves until it is stopped, and gives the exit status. */
export type ServeAction = (options: ServeOptions) => Promise<number>;

interface Parsed {
  readonly workspace?: string;
  readonly port: number;
}

export function addServeCommand(
  program: Command,
  serve: ServeAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('serve')
    .description('Be the GitHub App: take webhooks, work convoys and show the dashboard, until stopped.')
    .option('--workspace <dir>', "only the dashboard, of this workspace's town")
    .addOption(
      new Option('--port <number>', "with --workspace: the dashboard's port on loopback")
        .argParser(portNumber)
        .default(0, 'a free one'),
    )
    .option('--debug', 'show stack traces', false)
    .action(async ({ workspace, port }: Parsed) => {
      ended(await serve({ workspace: workspace === undefined ? null : resolve(cwd, workspace), port }));
    });
}
