import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isHostPattern } from '../../../domain/config/host-pattern.ts';
import { parseMemory } from '../../../domain/config/memory-size.ts';
import { defaultImage } from '../options/default-image.ts';
import { addModel, type ModelChoice, noModelChoice } from '../options/models.ts';
import { portNumber } from '../options/port.ts';
import type { RunOptions } from '../options/run-options.ts';

/** Does the work and gives the exit status. */
export type RunAction = (options: RunOptions) => Promise<number>;

interface Parsed {
  readonly workspace: string;
  readonly image: string;
  readonly memory: number;
  readonly cpus: number;
  readonly network: boolean;
  readonly allowHost: readonly string[];
  readonly polecats: number;
  readonly verify?: string;
  readonly setup: readonly string[];
  readonly model: ModelChoice;
  readonly web?: number | true;
  readonly json: boolean;
  readonly allowDirty: boolean;
  readonly merge: boolean;
  readonly debug: boolean;
}

export function addRunCommand(
  program: Command,
  run: RunAction,
  { cwd, ended }: { readonly cwd: string; readonly ended: (status: number) => void },
): void {
  program
    .command('run')
    .description('Work a task in a workspace: what lands is a branch gas-town/convoy-<n> and a pull request.')
    .argument('<task>', 'what to build', nonEmpty)
    .requiredOption(
      '--workspace <dir>',
      'a git repository, or an empty or missing folder that becomes one',
      nonEmpty,
    )
    .option(
      '--image <name>',
      'container image that beads are worked in; needs only sh',
      nonEmpty,
      defaultImage,
    )
    .addOption(
      new Option('--memory <size>', 'memory limit of each container, such as 1g')
        .argParser(memory)
        .default(2 ** 29, '512m'),
    )
    .addOption(
      new Option('--cpus <number>', 'processor limit of each container').argParser(cpus).default(2, '2.0'),
    )
    .option('--network', 'let containers reach package registries, through a proxy that logs', false)
    .option('--allow-host <name>', 'let containers reach this host too (repeatable)', host, [])
    .option('--polecats <number>', 'how many beads are worked at once', count, 5)
    .option('--verify <command>', 'command that must succeed on what lands', nonEmpty)
    .option('--setup <command>', 'command run once with network before work starts (repeatable)', collect, [])
    .addOption(
      new Option('--model <name>', 'model for every role, or role=name for one (repeatable)')
        .argParser(models)
        .default(noModelChoice, "each role's own"),
    )
    .addOption(
      new Option(
        '--web [port]',
        'serve the dashboard on loopback while it works; a free port when left out',
      ).argParser(portNumber),
    )
    .option('--json', 'print one JSON object a line, a summary last', false)
    .option(
      '--allow-dirty',
      'start although there are uncommitted changes; they stay and are not seen',
      false,
    )
    .option('--merge', 'fast-forward the current branch to the result when all passed', false)
    .option('--debug', 'show stack traces', false)
    .action(async (task: string, parsed: Parsed) => {
      ended(await run(await toOptions(task, parsed, cwd)));
    });
}

/** The schema is loaded only now, so that help comes at once. */
async function toOptions(task: string, parsed: Parsed, cwd: string): Promise<RunOptions> {
  const { runOptions } = await import('../options/run-options.ts');
  const { registries } = await import('../../../domain/config/registries.ts');
  const { memory: memoryBytes, model: chosen, network, allowHost, verify, workspace, web, ...same } = parsed;
  const allow = [...(network ? registries : []), ...allowHost];
  return runOptions.parse({
    ...same,
    task,
    memoryBytes,
    models: chosen,
    network: allow.length === 0 ? 'none' : { allow },
    verify: verify ?? null,
    web: web === true ? 0 : (web ?? null),
    workspace: resolve(cwd, workspace),
  });
}

function nonEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

function memory(text: string): number {
  const bytes = parseMemory(text);
  if (bytes === null) throw new InvalidArgumentError('Give a size such as 512m or 1g, at least 6m.');
  return bytes;
}

function cpus(text: string): number {
  const number = Number(text);
  if (!(Number.isFinite(number) && number >= 0.01)) {
    throw new InvalidArgumentError('Give a number of cores such as 2 or 0.5.');
  }
  return number;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Give a whole number of at least 1.');
  return Number(text);
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, nonEmpty(text)];
}

function host(text: string, before: readonly string[]): readonly string[] {
  if (!isHostPattern(text))
    throw new InvalidArgumentError('Give a name such as api.example.com or *.example.com.');
  return [...before, text];
}

function models(text: string, before: ModelChoice): ModelChoice {
  const choice = addModel(text, before);
  if (choice === null) throw new InvalidArgumentError('Give a name, or role=name.');
  return choice;
}
