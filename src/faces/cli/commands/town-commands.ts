import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CostBy } from '../town/cost-report.ts';
import type { TownMemory } from '../town/read-town.ts';
import type { Report } from '../town/report.ts';

interface Common {
  readonly workspace: string;
  readonly json: boolean;
}

type WithConvoy = Common & { readonly convoy?: number };

/** Adds the commands that tell what a workspace's town is doing and has done. All of them only read. */
export function addTownCommands(program: Command, cwd: string): void {
  townCommand(program, 'status', 'Show each convoy: where it stands, who is at work, what it cost.').action(
    (options: Common, command: Command) =>
      tell(command, options, cwd, async () => (await import('../town/status-report.ts')).statusReport),
  );
  townCommand(program, 'beads', 'List the beads: where each stands, who holds it, what it needs.')
    .addOption(convoyOption())
    .action((options: WithConvoy, command: Command) =>
      tell(command, options, cwd, async () => {
        const { beadsReport } = await import('../town/beads-report.ts');
        const { findConvoys } = await import('../town/find-bead.ts');
        return ({ convoys }) => beadsReport(findConvoys(convoys, options.convoy));
      }),
    );
  townCommand(program, 'show', 'Show all that is known of one bead.')
    .argument('<bead>', 'a bead: 12.3, or 3 for the newest convoy')
    .action((bead: string, options: Common, command: Command) =>
      tell(command, options, cwd, async () => {
        const { beadReport } = await import('../town/bead-report.ts');
        const { findBead } = await import('../town/find-bead.ts');
        return ({ convoys }) => beadReport(findBead(convoys, bead));
      }),
    );
  addLogCommand(program, cwd);
  addCostCommand(program, cwd);
}

function addLogCommand(program: Command, cwd: string): void {
  townCommand(program, 'log', 'Tell the story of what happened, in order.')
    .addOption(convoyOption())
    .addOption(
      new Option('--sessions', 'also what each agent said and did').default(false).conflicts('egress'),
    )
    .option('--egress', 'instead what containers asked the network for, and the answer', false)
    .action((options: WithConvoy & { sessions: boolean; egress: boolean }, command: Command) =>
      tell(command, options, cwd, async () => {
        const { logReport } = await import('../town/log-report.ts');
        const { egressReport } = await import('../town/egress-report.ts');
        const { findConvoys } = await import('../town/find-bead.ts');
        return (memory) => {
          const meant = findConvoys(memory.convoys, options.convoy);
          const convoys = new Set(meant.map(({ stream }) => stream));
          if (options.egress) return egressReport(resolve(cwd, options.workspace, '.gas-town'), convoys);
          return logReport(memory, { sessions: options.sessions, convoys });
        };
      }),
    );
}

function addCostCommand(program: Command, cwd: string): void {
  townCommand(program, 'cost', 'Show what was spent, and on what.')
    .addOption(convoyOption())
    .addOption(new Option('--by <what>', 'a row for each').choices(['role', 'bead', 'model']).default('role'))
    .action((options: WithConvoy & { by: CostBy }, command: Command) =>
      tell(command, options, cwd, async () => {
        const { costReport } = await import('../town/cost-report.ts');
        const { findConvoys } = await import('../town/find-bead.ts');
        return (memory) =>
          costReport(memory, { by: options.by, convoys: findConvoys(memory.convoys, options.convoy) });
      }),
    );
}

function townCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--workspace <dir>', 'the folder that the town works in', '.')
    .option('--json', 'print JSON, one object a line', false)
    .option('--debug', 'show stack traces', false);
}

function convoyOption(): Option {
  return new Option('--convoy <issue>', "only the convoy of this issue's number").argParser(
    (text: string) => {
      if (!/^#?[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Give an issue's number.");
      return Number(text.replace('#', ''));
    },
  );
}

/** Reads the town and prints the report. The code that reads is loaded only now, so that help comes at once. */
async function tell(
  command: Command,
  { workspace, json }: Common,
  cwd: string,
  load: () => Promise<(memory: TownMemory) => Report>,
): Promise<void> {
  const report = await load();
  const { readTown } = await import('../town/read-town.ts');
  const { text, json: objects } = readTown({ workspace, cwd }, report);
  const lines = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
  command.configureOutput().writeOut?.(json ? lines : text);
}
