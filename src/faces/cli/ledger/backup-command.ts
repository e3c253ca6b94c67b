import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backupLedger } from '../../../ledger/maintenance/backup-ledger.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  ledgerPath,
  print,
  telling,
} from './ledger-command.ts';

export function addBackupCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(ledger, 'backup', 'Copy the ledger into one new file, also while a town runs.')
    .argument('<path>', 'the new file')
    .action((path: string, options: LedgerCommandOptions, command: Command) => {
      const backup = telling(() => backupLedger(ledgerPath(options, cwd), resolve(cwd, path)));
      const sentence = `Copied everything up to position ${backup.position} to ${backup.path} (${backup.bytes} bytes).\n`;
      print(command, options.json ? asJson(backup) : sentence);
    });
}
