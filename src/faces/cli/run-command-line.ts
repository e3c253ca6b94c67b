import { type Command, CommanderError } from 'commander';
import { CannotRun } from './cannot-run.ts';
import { addNamedGroup } from './commands/late-groups.ts';
import { exitStatus } from './exit-status.ts';
import { type Actions, createProgram, type ProgramOptions } from './program.ts';
import { forTerminal } from './view/for-terminal.ts';

export interface CommandLine extends ProgramOptions {
  /** Without the program's name. */
  readonly args: readonly string[];
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/**
 * Reads the arguments, does what they ask and gives the exit status; never rejects. What goes wrong is told in one sentence
 * on the error stream, with a stack trace only where `--debug` stands among the arguments.
 */
export async function runCommandLine(actions: Actions, line: CommandLine): Promise<number> {
  let status: number = exitStatus.ok.code;
  const ended = (code: number): void => {
    status = code;
  };
  const program = createProgram(actions, line, ended);
  await addNamedGroup(program, line.args, { cwd: line.cwd, ended });
  for (const command of withSubcommands(program)) {
    command.exitOverride();
    command.configureOutput({ writeOut: line.writeOut, writeErr: line.writeError, outputError: () => {} });
  }
  try {
    await program.parseAsync([...line.args], { from: 'user' });
    return status;
  } catch (error) {
    return tell(error, line);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function tell(error: unknown, { args, writeError }: CommandLine): number {
  const debug = args.includes('--debug');
  const say = (text: string): void => writeError(`gastown: ${forTerminal(text)}\n`);
  if (error instanceof CommanderError) {
    // Help and version were printed already: they end with status 0 and have nothing more to say.
    if (error.exitCode === 0) return exitStatus.ok.code;
    if (error.code !== 'commander.help') say(usageSentence(error.message));
    return exitStatus.usage.code;
  }
  const known = error instanceof CannotRun;
  const message = error instanceof Error ? error.message : String(error);
  say(known ? message : `Unexpected: ${message}${debug ? '' : ' (--debug shows where)'}`);
  if (debug && error instanceof Error) writeError(`${error.stack}\n`);
  return exitStatus[known ? error.status : 'unexpected'].code;
}

/** Commander's words as one sentence on one line that says where to look. */
function usageSentence(message: string): string {
  const words = message
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `${words}${/[.?)]$/.test(words) ? '' : '.'} See gastown --help.`;
}
