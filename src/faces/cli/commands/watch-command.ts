import { resolve } from 'node:path';
import type { Command } from 'commander';

export interface WatchOptions {
  /** Absolute. */
  readonly workspace: string;
  readonly json: boolean;
}

/** Shows what happens until it is stopped, and gives the exit status. */
export type WatchAction = (options: WatchOptions) => Promise<number>;

export function addWatchCommand(
  program: Command,
  watch: WatchAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('watch')
    .description("Follow a workspace's town from another terminal, until stopped.")
    .option('--workspace <dir>', 'the folder that the town works in', '.')
    .option('--json', 'print one JSON object a line', false)
    .option('--debug', 'show stack traces', false)
    .action(async ({ workspace, json }: { readonly workspace: string; readonly json: boolean }) => {
      ended(await watch({ workspace: resolve(cwd, workspace), json }));
    });
}
