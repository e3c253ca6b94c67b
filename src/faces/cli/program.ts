import { Command } from 'commander';
import { addRunCommand, type RunAction } from './commands/run-command.ts';
import { addTownCommands } from './commands/town-commands.ts';

/** What the commands do, given from outside: this folder only reads arguments and shows what happens. */
export interface Actions {
  readonly run: RunAction;
}

export interface ProgramOptions {
  readonly version: string;
  /** Where relative paths start. */
  readonly cwd: string;
}

/** The command line `gastown`. An action's exit status is passed to `ended`. */
export function createProgram(
  actions: Actions,
  { version, cwd }: ProgramOptions,
  ended: (status: number) => void,
): Command {
  const program = new Command('gastown')
    .description('Many coding agents on one repository: beads in parallel, one verified pull request.')
    .version(version)
    .showSuggestionAfterError(true)
    .allowExcessArguments(false);
  addRunCommand(program, actions.run, { cwd, ended });
  addTownCommands(program, cwd);
  return program;
}
