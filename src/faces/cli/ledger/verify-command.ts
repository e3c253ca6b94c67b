import type { Command } from 'commander';
import { verifyLedger } from '../../../ledger/queries/verify-ledger.ts';
import { exitStatus } from '../exit-status.ts';
import { forTerminal } from '../view/for-terminal.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  print,
  reading,
} from './ledger-command.ts';

export function addVerifyCommand(ledger: Command, { cwd, ended }: LedgerCommandContext): void {
  addLedgerCommand(
    ledger,
    'verify',
    'Recompute every hash and say what is wrong first, if anything is.',
  ).action((options: LedgerCommandOptions, command: Command) => {
    const verification = reading(options, cwd, verifyLedger);
    const { events, streams, fault, leftOut } = verification;
    const counted = `${events} events of ${streams} streams are what was written`;
    if (options.json) print(command, asJson(verification));
    else if (fault === null)
      print(command, `${counted}; so are the contents and the read models${but(leftOut)}.\n`);
    else if (fault.position === null) print(command, `${counted}, but ${forTerminal(fault.what)}.\n`);
    else
      print(command, `Wrong from position ${fault.position} on: ${forTerminal(fault.what)}.\n${counted}.\n`);
    if (fault !== null) ended(exitStatus.ledger.code);
  });
}

function but(leftOut: readonly string[]): string {
  if (leftOut.length === 0) return '';
  return `, but for ${leftOut.map(forTerminal).join(', ')}: being made anew, or not this version's`;
}
