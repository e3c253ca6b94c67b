import type { ExpectedVersion } from '../ports/ledger.ts';

/** Whether a stream at `version` (0: it has no event) is what an append expects. */
export function isExpected(expected: ExpectedVersion, version: number): boolean {
  if (expected === 'must-not-exist') return version === 0;
  if (expected === 'must-exist') return version > 0;
  return version === expected;
}
