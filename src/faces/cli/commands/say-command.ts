import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';

export interface SayOptions {
  /** Of the issue or pull request to say it on. */
  readonly issue: number;
  readonly words: string;
  /** Absolute. */
  readonly workspace: string;
  readonly json: boolean;
}

/** Says it on the workspace's own GitHub, and gives the exit status. */
export type SayAction = (options: SayOptions) => Promise<number>;

export function addSayCommand(
  program: Command,
  say: SayAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('say')
    .description(
      "Comment on an issue of a workspace's town: a command such as /pause, or a note to its agents.",
    )
    .argument('<issue>', "the issue's number: a convoy's, a bead's, or the pull request's", issueNumber)
    .argument('<words>', 'what to say, such as "/budget +5usd"', nonEmpty)
    .option('--workspace <dir>', 'the folder that the town works in', '.')
    .option('--json', 'print one JSON object', false)
    .option('--debug', 'show stack traces', false)
    .action(
      async (
        issue: number,
        words: string,
        parsed: { readonly workspace: string; readonly json: boolean },
      ) => {
        ended(await say({ issue, words, json: parsed.json, workspace: resolve(cwd, parsed.workspace) }));
      },
    );
}

function issueNumber(text: string): number {
  if (!/^#?[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Give an issue's number.");
  return Number(text.replace('#', ''));
}

function nonEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}
