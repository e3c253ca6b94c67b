import type { Command } from 'commander';
import { rebuildLedger } from '../../../ledger/maintenance/rebuild-ledger.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  ledgerPath,
  print,
  telling,
} from './ledger-command.ts';

export function addRebuildCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(
    ledger,
    'rebuild',
    'Make every read model anew from the log; not while a town runs.',
  ).action((options: LedgerCommandOptions, command: Command) => {
    const rebuilt = telling(() => rebuildLedger(ledgerPath(options, cwd), () => new Date()));
    print(command, options.json ? asJson({ rebuilt }) : `Made anew: ${rebuilt.join(', ')}.\n`);
  });
}
