import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultImage } from '../options/default-image.ts';
import { addModel, type ModelChoice, noModelChoice } from '../options/models.ts';
import type { RunOptions } from '../options/run-options.ts';

/** Whom to talk with, and where: a run's options for the place that it works in. */
export interface CrewOptions {
  readonly name: string;
  readonly run: RunOptions;
}

/** Talks until the person has nothing more to say, and gives the exit status. */
export type CrewAction = (options: CrewOptions) => Promise<number>;

interface Parsed {
  readonly workspace: string;
  readonly image: string;
  readonly verify?: string;
  readonly model: ModelChoice;
  readonly debug: boolean;
}

export function addCrewCommand(
  program: Command,
  crew: CrewAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('crew')
    .description('Talk with a crew member: a long-lived agent with a branch and a memory of its own.')
    .argument('[name]', 'whom to talk with', memberName, 'crew')
    .option('--workspace <dir>', 'the git repository that it works on', '.')
    .option('--image <name>', 'container image that it works in; needs only sh', defaultImage)
    .option('--verify <command>', 'command that must succeed on what lands')
    .addOption(
      new Option('--model <name>', 'model for every role, or role=name for one (repeatable)')
        .argParser(models)
        .default(noModelChoice, "each role's own"),
    )
    .option('--debug', 'show stack traces', false)
    .action(async (name: string, parsed: Parsed) => {
      ended(await crew(await toOptions(name, parsed, cwd)));
    });
}

/** The schema is loaded only now, so that help comes at once. */
async function toOptions(
  name: string,
  { workspace, image, verify, model, debug }: Parsed,
  cwd: string,
): Promise<CrewOptions> {
  const { runOptions } = await import('../options/run-options.ts');
  const run = runOptions.parse({
    task: `Talk with ${name}`,
    workspace: resolve(cwd, workspace),
    image,
    memoryBytes: 2 ** 29,
    cpus: 2,
    network: 'none',
    polecats: 5,
    verify: verify ?? null,
    setup: [],
    models: model,
    json: false,
    allowDirty: true,
    merge: false,
    web: null,
    debug,
  });
  return { name, run };
}

function memberName(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(text)) {
    throw new InvalidArgumentError('Give a name of small letters, digits and dashes.');
  }
  return text;
}

function models(text: string, before: ModelChoice): ModelChoice {
  const choice = addModel(text, before);
  if (choice === null) throw new InvalidArgumentError('Give a name, or role=name.');
  return choice;
}
