import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { LedgerError } from '../../../ledger/ledger-error.ts';
import { type LedgerReader, openReader } from '../../../ledger/open-reader.ts';
import { CannotRun } from '../cannot-run.ts';

export interface LedgerCommandContext {
  /** Where relative paths start. */
  readonly cwd: string;
  /** Called with the exit status of a command that did its work. */
  readonly ended: (status: number) => void;
}

/** What every ledger command is told. */
export interface LedgerCommandOptions {
  readonly workspace: string;
  readonly file?: string;
  readonly json: boolean;
}

/** A subcommand with the options that all of them have. */
export function addLedgerCommand(ledger: Command, name: string, description: string): Command {
  return ledger
    .command(name)
    .description(description)
    .option('--workspace <dir>', 'the folder that the town works in', '.')
    .option('--file <path>', 'the ledger itself, instead of .gas-town/beads.db in the workspace')
    .option('--json', 'print JSON', false);
}

/** The ledger's file. */
export function ledgerPath({ workspace, file }: LedgerCommandOptions, cwd: string): string {
  return file === undefined ? join(resolve(cwd, workspace), '.gas-town', 'beads.db') : resolve(cwd, file);
}

/** Does a work on an open ledger that is only read. Throws `CannotRun` with the ledger's own sentence. */
export function reading<R>(options: LedgerCommandOptions, cwd: string, read: (reader: LedgerReader) => R): R {
  return telling(() => {
    const reader = openReader(ledgerPath(options, cwd));
    try {
      return read(reader);
    } finally {
      reader.close();
    }
  });
}

/** Turns a fault of the ledger into a sentence for the terminal. */
export function telling<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const status = statusOf(error);
    throw new CannotRun(status, error.message, { cause: error });
  }
}

function statusOf({ kind }: LedgerError): 'workspace' | 'notFound' | 'ledger' {
  if (kind === 'missing-file') return 'notFound';
  if (kind === 'lease-held' || kind === 'busy' || kind === 'read-only' || kind === 'file-exists')
    return 'workspace';
  return 'ledger';
}

/** Prints where the whole program prints. */
export function print(command: Command, text: string): void {
  let root = command;
  while (root.parent !== null) root = root.parent;
  root.configureOutput().writeOut?.(text);
}

export const asJson = (value: unknown): string => `${JSON.stringify(value)}\n`;
