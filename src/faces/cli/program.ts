import { Command } from 'commander';
import { addCrewCommand, type CrewAction } from './commands/crew-command.ts';
import { addDoctorCommand, type DoctorAction } from './commands/doctor-command.ts';
import { addForgeCommand, type ForgeAction } from './commands/forge-command.ts';
import { addGcCommand, type GcAction } from './commands/gc-command.ts';
import { addInitCommand, type InitAction } from './commands/init-command.ts';
import { addRunCommand, type RunAction } from './commands/run-command.ts';
import { addSayCommand, type SayAction } from './commands/say-command.ts';
import { addServeCommand, type ServeAction } from './commands/serve-command.ts';
import { addTownCommands } from './commands/town-commands.ts';
import { addWatchCommand, type WatchAction } from './commands/watch-command.ts';
import { defaultImage } from './options/default-image.ts';

/** What the commands do, given from outside: this folder only reads arguments and shows what happens. */
export interface Actions {
  readonly run: RunAction;
  readonly crew: CrewAction;
  readonly serve: ServeAction;
  readonly watch: WatchAction;
  readonly say: SayAction;
  /** Gives the exit status of the job. */
  readonly action: () => Promise<number>;
  readonly init: InitAction;
  readonly forge: ForgeAction;
  readonly doctor: DoctorAction;
  readonly gc: GcAction;
}

export interface ProgramOptions {
  readonly writeOut?: (text: string) => void;
  readonly version: string;
  /** Where relative paths start. */
  readonly cwd: string;
}

/** The command line `gastown`. An action's exit status is passed to `ended`. */
export function createProgram(
  actions: Actions,
  { version, cwd, writeOut: write = () => undefined }: ProgramOptions,
  ended: (status: number) => void,
): Command {
  const program = new Command('gastown')
    .description('Many coding agents on one repository: beads in parallel, one verified pull request.')
    .version(version)
    .showSuggestionAfterError(true)
    .allowExcessArguments(false);
  addRunCommand(program, actions.run, { cwd, ended });
  addCrewCommand(program, actions.crew, { cwd, ended });
  addWatchCommand(program, actions.watch, { cwd, ended });
  addSayCommand(program, actions.say, { cwd, ended });
  addServeCommand(program, actions.serve, { cwd, ended });
  program
    .command('action')
    .description('Be the GitHub Action: work the event that started this job. Set up by its environment.')
    .action(async () => ended(await actions.action()));
  addInitCommand(program, actions.init, { cwd, ended });
  addForgeCommand(program, actions.forge, { cwd, ended });
  addDoctorCommand(program, actions.doctor, { defaultImage, write, ended });
  addGcCommand(program, actions.gc, { cwd, write, ended });
  addTownCommands(program, cwd);
  return program;
}
