import { findingText, healthText } from '../voice/witness-words.ts';
import type { MirrorPass } from './mirror-convoy.ts';
import { tell } from './tell.ts';

/** Posts what the Witness has to say to people, each word once: the reports that they asked for, and what the town can't mend. */
export async function mirrorWitness(pass: MirrorPass): Promise<void> {
  const { town, stream, hub } = pass;
  const { patrol, opened } = pass.convoy();
  const post = (subject: string, text: string): Promise<void> =>
    tell(town, stream, hub, { issue: opened.issue, subject, text });
  for (const [index, check] of patrol.checks.entries()) {
    if (check.reported) await post(`health ${index + 1}`, healthText(check));
  }
  for (const [index, finding] of patrol.findings.entries()) {
    if (finding.action === 'escalate' || finding.action === 'quarantine') {
      await post(`finding ${index + 1}`, findingText(pass.convoy(), finding));
    }
  }
}
