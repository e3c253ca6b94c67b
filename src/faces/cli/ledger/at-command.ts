import { type Command, InvalidArgumentError } from 'commander';
import { positionAt } from '../../../ledger/queries/position-at.ts';
import { readModelAt, readModelNames } from '../../../ledger/queries/read-model-at.ts';
import { CannotRun } from '../cannot-run.ts';
import { formatRows } from './format-rows.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  print,
  reading,
} from './ledger-command.ts';

const beadColumns = ['id', 'title', 'status', 'assignee', 'needs', 'attempts', 'outcome', 'landed'];

export function addAtCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(ledger, 'at', 'Show a read model as it was at a position of the log, or at a time.')
    .argument('<moment>', 'a position, or a time such as 2026-05-17T12:00Z', moment)
    .option('--model <name>', readModelNames.join(', '), 'beads')
    .action((at: number | Date, options: LedgerCommandOptions & { model: string }, command: Command) => {
      reading(options, cwd, (reader) => {
        const position = at instanceof Date ? positionAt(reader, at) : at;
        const model = readModelAt(reader, options.model, position);
        if (model === null) {
          throw new CannotRun(
            'usage',
            `There is no read model ${options.model}: ${readModelNames.join(', ')}.`,
          );
        }
        print(command, options.json ? asJson(model) : `As of position ${model.position}:\n`);
        if (options.json) return;
        for (const [table, rows] of Object.entries(model.tables)) {
          const columns = table === 'beads' ? beadColumns : undefined;
          print(command, `\n${table}\n${rows.length === 0 ? '(no rows)\n' : formatRows(rows, columns)}`);
        }
      });
    });
}

function moment(text: string): number | Date {
  if (/^\d+$/.test(text)) return Number(text);
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It must be a position or a time.');
  return time;
}
