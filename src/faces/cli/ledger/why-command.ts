import type { Command } from 'commander';
import { type Step, type Why, whyBead } from '../../../ledger/queries/why-bead.ts';
import { CannotRun } from '../cannot-run.ts';
import { Storyteller } from '../story/storyteller.ts';
import { onOneLine } from '../view/for-terminal.ts';
import { formatEvent } from './format-event.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  print,
  reading,
} from './ledger-command.ts';

export function addWhyCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(ledger, 'why', 'Tell how a bead came to be as it is, from the label on.')
    .argument('<bead>', 'a bead, such as 12.3')
    .action((bead: string, options: LedgerCommandOptions, command: Command) => {
      const answers = reading(options, cwd, (reader) => whyBead(reader, bead));
      if (answers.length === 0) throw new CannotRun('notFound', `There is no bead ${bead} in this ledger.`);
      print(command, answers.map(options.json ? asJson : formatWhy).join('\n'));
    });
}

function formatWhy({ bead, steps, waitsFor }: Why): string {
  const storyteller = new Storyteller();
  const landed = bead.landed === 1 ? ' and landed' : '';
  const waiting = waitsFor.map((need) => `${need.id} (${need.status}, ${onOneLine(need.title, 60)})`);
  return [
    `Bead ${bead.id}: ${onOneLine(bead.title, 100)}\n`,
    `It is ${bead.status}${landed}, in its attempt ${bead.attempts}.\n`,
    waiting.length === 0 ? '' : `It waits for ${waiting.join(', ')}.\n`,
    ...steps.flatMap((step) => [formatEvent(step.event, storyteller), formatCause(step)]),
  ].join('');
}

function formatCause({ event, because }: Step): string {
  const indent = ' '.repeat(28);
  if (because.kind === 'outside') return `${indent}because of ${onOneLine(because.cause, 100)}\n`;
  const where = because.stream === event.stream ? '' : ` of ${because.stream}`;
  return `${indent}because of ${because.type}${where} (position ${because.position})\n`;
}
