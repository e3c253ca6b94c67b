import type { Row } from '../row.ts';

export const suite = 'ledger';
/** How often each figure is measured. */
export const repeats = 3;

/** Paths in a folder that is gone after the run. */
export interface Files {
  /** The kind of file system that the folder is on, such as `ext4`. */
  readonly fileSystem: string;
  /** One that no other has. */
  next(): string;
  named(name: string): string;
}

/** Rows that are measured together. */
export interface RowGroup {
  readonly names: readonly string[];
  measure(files: Files, isWanted: (name: string) => boolean): AsyncIterable<Row>;
}
