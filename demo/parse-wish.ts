import { Argument, Command, Option } from 'commander';
import { exitStatus } from '../src/faces/cli/exit-status.ts';
import type { Wish } from './plan.ts';
import { scenarios } from './scenarios/all.ts';

export interface DemoArguments extends Wish {
  /** Null: a new folder. */
  readonly workspace: string | null;
}

/** The demo's own command line. Ends the process, with a sentence, on arguments that it does not know. */
export function parseWish(args: readonly string[]): DemoArguments {
  const [first] = scenarios;
  const names = scenarios.map(({ name }) => name);
  const command = new Command('npm run demo --')
    .description(
      'Walk the whole street once: an issue is labelled, beads are worked in containers, a pull request opens.',
    )
    .addArgument(new Argument('[task]', 'a task of your own, for the model whose key is set'))
    .addOption(new Option('--scenario <name>', 'which scripted task').choices(names))
    .option('--verify <command>', 'command that must succeed on what lands')
    .option(
      '--model <name>',
      'model, or role=model (repeatable)',
      (name, before: string[]) => [...before, name],
      [],
    )
    .option('--workspace <dir>', 'where to work; the same folder again goes on where it stopped')
    .option('--json', 'print one JSON object a line, a summary last', false)
    .showSuggestionAfterError(true)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitStatus.usage.code))
    .parse([...args], { from: 'user' });
  const options = command.opts<{
    scenario?: string;
    verify?: string;
    model: string[];
    workspace?: string;
    json: boolean;
  }>();
  return {
    task: command.args[0] ?? null,
    scenario: scenarios.find(({ name }) => name === options.scenario) ?? first,
    scenarioNamed: options.scenario !== undefined,
    verify: options.verify ?? null,
    models: options.model,
    json: options.json,
    workspace: options.workspace ?? null,
  };
}
