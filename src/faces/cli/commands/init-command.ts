import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `gastown init` is asked to prepare. */
export interface InitOptions {
  /** Absolute path of the repository's root. */
  readonly folder: string;
  /** The town is an App, and Actions only works its beads. */
  readonly app: boolean;
  readonly appToken: boolean;
  /** The published action, `owner/repository@ref`; null for this version's own. */
  readonly uses: string | null;
  /** Where the labels are created; null: nowhere. */
  readonly repository: { readonly owner: string; readonly name: string } | null;
  /** Write over what is there without asking. */
  readonly yes: boolean;
  readonly json: boolean;
}

export type InitAction = (options: InitOptions) => Promise<number>;

interface Parsed extends Omit<InitOptions, 'folder' | 'uses' | 'repository'> {
  readonly workspace: string;
  readonly uses?: string;
  readonly repository?: NonNullable<InitOptions['repository']>;
}

/** `gastown init`: what a rig needs for a town on GitHub Actions. */
export function addInitCommand(
  program: Command,
  init: InitAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('init')
    .description(
      'Write what a repository needs for a town on GitHub Actions: workflow, config, issue form, labels.',
    )
    .option('--workspace <dir>', "the repository's root", '.')
    .addOption(
      new Option('--app', 'for a town that is an App: Actions only works its beads')
        .default(false)
        .conflicts('appToken'),
    )
    .option('--app-token', 'let the jobs take the token of a GitHub App of yours', false)
    .addOption(new Option('--uses <owner/repo@ref>', 'the published action').argParser(action))
    .addOption(
      new Option('--repository <owner/repo>', 'create the labels there; GITHUB_TOKEN must be set').argParser(
        repository,
      ),
    )
    .option('--yes', 'write over files that are there without asking', false)
    .option('--json', 'print one JSON object', false)
    .action(async ({ workspace, uses, repository: at, ...same }: Parsed) => {
      ended(
        await init({ ...same, folder: resolve(cwd, workspace), uses: uses ?? null, repository: at ?? null }),
      );
    });
}

function action(text: string): string {
  if (!/^(?:docker:\/\/\S+|\.\/\S*|[\w.-]+\/[\w./-]+@[\w./-]+)$/.test(text))
    throw new InvalidArgumentError('Give owner/repository@ref.');
  return text;
}

function repository(text: string): NonNullable<InitOptions['repository']> {
  const match = /^([\w.-]+)\/([\w.-]+)$/.exec(text);
  if (!match?.[1] || !match[2]) throw new InvalidArgumentError('Give owner/repository.');
  return { owner: match[1], name: match[2] };
}
