import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { HealthCheck, PastFinding } from '../../domain/patrol/patrol-state.ts';
import { inlineUntrusted, quoteUntrusted } from '../../domain/text/quote-untrusted.ts';

const reportLengthMax = 6000;
const marks = { GREEN: '🟢', YELLOW: '🟡', RED: '🔴' } as const;

/** The answer to `/witness`: the colour in our words, the report in the Witness's, quoted. */
export function healthText(check: HealthCheck): string {
  const { verdict = null, report = '' } = check.reported ?? {};
  const head = verdict === null ? '### The Witness came to no verdict' : `### ${marks[verdict]} ${verdict}`;
  return `${head}\nThe Witness looked at this convoy, as ${inlineUntrusted(check.by, 60)} asked:\n\n${quoteUntrusted(report, reportLengthMax)}`;
}

/** Tells people of something that the town can't mend by itself. */
export function findingText(convoy: Convoy, finding: PastFinding): string {
  const issue = finding.bead === null ? null : issueNumberOf(convoy, finding.bead);
  const place = issue === null ? '' : ` (#${issue})`;
  const what = finding.bead === null ? 'A session of this convoy' : `Bead ${finding.bead}${place}`;
  const next =
    finding.action === 'quarantine'
      ? 'It was taken out of the convoy. `/retry guidance` on its issue gives it new attempts.'
      : '`/witness` asks for a closer look; `/stop` ends the convoy.';
  return `**${what} is ${finding.rule}**: ${inlineUntrusted(finding.detail, 300)}. ${next}`;
}
