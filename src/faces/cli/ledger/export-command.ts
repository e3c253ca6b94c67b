import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportLines } from '../../../ledger/transfer/export-lines.ts';
import { CannotRun } from '../cannot-run.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  print,
  reading,
} from './ledger-command.ts';

export function addExportCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(
    ledger,
    'export',
    'Write the whole ledger as JSON Lines; an import gives the very same ones again.',
  )
    .option('--output <path>', 'a new file, instead of the terminal')
    .action((options: LedgerCommandOptions & { output?: string }, command: Command) => {
      reading(options, cwd, (reader) => {
        if (options.output === undefined) {
          for (const line of exportLines(reader)) print(command, `${line}\n`);
          return;
        }
        const output = resolve(cwd, options.output);
        const lines = writeLines(output, exportLines(reader));
        print(command, options.json ? asJson({ output, lines }) : `Wrote ${lines} lines to ${output}.\n`);
      });
    });
}

function writeLines(path: string, lines: Iterable<string>): number {
  const file = openNew(path);
  let count = 0;
  try {
    for (const line of lines) {
      writeFileSync(file, `${line}\n`);
      count += 1;
    }
  } finally {
    closeSync(file);
  }
  return count;
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CannotRun('workspace', `The export can't be written: ${detail}.`, { cause: error });
  }
}
