import type { Bead } from '../../domain/bead/bead.ts';
import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { inlineUntrusted } from '../../domain/text/quote-untrusted.ts';
import { beadStanding } from './bead-line.ts';

/** To a thread of a review: what was done about it, with the commit; or that nothing was, and why. */
export function reviewAnswer(convoy: Convoy, bead: Bead): string {
  const issue = issueNumberOf(convoy, bead.number);
  const where = issue === null ? `bead ${bead.number}` : `#${issue}`;
  if (bead.landedAs !== null) return `Met by ${bead.landedAs} (${where}).`;
  if (bead.outcome?.kind === 'no-changes') {
    return `Nothing was changed (${where}): ${inlineUntrusted(bead.outcome.reason, 500)}`;
  }
  return `This could not be done (${where}): ${beadStanding(convoy, bead)}.`;
}
