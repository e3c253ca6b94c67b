import type { Command } from 'commander';

interface Context {
  readonly cwd: string;
  readonly ended: (status: number) => void;
}

/** Commands whose definitions bring the ledger's code with them: loaded when they are named, listed always. */
const groups: readonly {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<(program: Command, context: Context) => void>;
}[] = [
  {
    name: 'why',
    description: 'Tell how a bead came to be as it is, from the label on.',
    load: async () => (await import('../ledger/why-command.ts')).addWhyCommand,
  },
  {
    name: 'ledger',
    description: 'What happened in a workspace: its append-only memory.',
    load: async () => (await import('../ledger/register-ledger-commands.ts')).registerLedgerCommands,
  },
];

const completion = {
  name: 'completion',
  description: 'Print what bash, zsh or fish reads at its start to complete commands and options.',
};

/** Shells ask by the second name. */
const completionNames: readonly (string | undefined)[] = [completion.name, 'complete'];

/** Adds the group that the arguments name with all that it can do, and of the others the name alone, for the help. */
export async function addNamedGroup(
  program: Command,
  args: readonly string[],
  context: Context,
): Promise<void> {
  const named = args.find((arg) => !arg.startsWith('-'));
  if (completionNames.includes(named)) return addAllGroups(program, context);
  for (const { name, description, load } of groups) {
    if (name === named) (await load())(program, context);
    else program.command(name).description(description);
  }
  program.command(completion.name).description(completion.description);
}

/** Adds every group whole. */
export async function addAllGroups(program: Command, context: Context): Promise<void> {
  for (const { load } of groups) (await load())(program, context);
  const { addCompletionCommand } = await import('./completion-command.ts');
  addCompletionCommand(program, context.cwd);
  program.commands.find((command) => command.name() === completion.name)?.description(completion.description);
}
