import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importLedger } from '../../../ledger/transfer/import-ledger.ts';
import { readLines } from '../../../ledger/transfer/read-lines.ts';
import { CannotRun } from '../cannot-run.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  ledgerPath,
  print,
  telling,
} from './ledger-command.ts';

export function addImportCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(ledger, 'import', 'Take in an export, all of it or nothing; not while a town runs.')
    .argument('<path>', 'an export, or - for what is piped in')
    .action((path: string, options: LedgerCommandOptions, command: Command) => {
      const file = path === '-' ? 0 : openExport(resolve(cwd, path));
      try {
        const imported = telling(() =>
          importLedger(ledgerPath(options, cwd), readLines(file), () => new Date()),
        );
        const { events, contents, known } = imported;
        const sentence = `Took in ${events} events and ${contents} contents; ${known} events were known.\n`;
        print(command, options.json ? asJson(imported) : sentence);
      } finally {
        if (file !== 0) closeSync(file);
      }
    });
}

function openExport(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CannotRun('usage', `The export can't be read: ${detail}.`, { cause: error });
  }
}
