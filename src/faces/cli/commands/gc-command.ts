import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { exitStatus } from '../exit-status.ts';

/** Whose leavings are meant: those of a workspace's town (an absolute path), or of `gastown serve` by its environment. */
export interface GcOptions {
  readonly of: { readonly workspace: string } | 'app';
  /** Whether the snapshots go too that the next convoys would start from. */
  readonly all: boolean;
}

/** What was removed from the engine. */
export interface Removed {
  readonly containers: number;
  readonly images: number;
  readonly freedBytes: number;
}

export type GcAction = (options: GcOptions) => Promise<Removed>;

interface Parsed {
  readonly workspace: string;
  readonly app: boolean;
  readonly all: boolean;
  readonly json: boolean;
}

/** `gastown gc`: what a town that isn't at work has left on the engine goes. */
export function addGcCommand(
  program: Command,
  collect: GcAction,
  {
    cwd,
    write,
    ended,
  }: {
    readonly cwd: string;
    readonly write: (text: string) => void;
    readonly ended: (status: number) => void;
  },
): void {
  program
    .command('gc')
    .description(
      'Remove what a town that is not at work left on the Docker engine: containers and snapshots that nobody needs.',
    )
    .option('--workspace <dir>', 'the folder that the town works in', '.')
    .addOption(new Option('--app', 'the town of gastown serve, by its environment').default(false))
    .option('--all', 'also the snapshots that the next convoys would start from', false)
    .option('--json', 'print one JSON object', false)
    .option('--debug', 'show stack traces', false)
    .action(async ({ workspace, app, all, json }: Parsed) => {
      const removed = await collect({ of: app ? 'app' : { workspace: resolve(cwd, workspace) }, all });
      write(json ? `${JSON.stringify(removed)}\n` : `${sentence(removed)}\n`);
      ended(exitStatus.ok.code);
    });
}

function sentence({ containers, images, freedBytes }: Removed): string {
  const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return `Removed ${many(containers, 'container')} and ${many(images, 'image')}, ${(freedBytes / 2 ** 20).toFixed(1)} MiB.`;
}
