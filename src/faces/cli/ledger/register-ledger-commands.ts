import type { Command } from 'commander';
import { addAtCommand } from './at-command.ts';
import { addBackupCommand } from './backup-command.ts';
import { addExportCommand } from './export-command.ts';
import { addImportCommand } from './import-command.ts';
import type { LedgerCommandContext } from './ledger-command.ts';
import { addRebuildCommand } from './rebuild-command.ts';
import { addShowCommand } from './show-command.ts';
import { addVerifyCommand } from './verify-command.ts';
import { addWhyCommand } from './why-command.ts';

/** Adds `gastown ledger …`: what a workspace remembers, shown, checked, copied and carried over. */
export function registerLedgerCommands(program: Command, context: LedgerCommandContext): void {
  const ledger = program
    .command('ledger')
    .description('What happened in a workspace: its append-only memory.');
  const add = [
    addShowCommand,
    addAtCommand,
    addWhyCommand,
    addVerifyCommand,
    addRebuildCommand,
    addExportCommand,
    addImportCommand,
    addBackupCommand,
  ];
  for (const one of add) one(ledger, context);
}
