import { findingText, healthText } from '../voice/witness-words.ts';
import type { MirrorPass } from './mirror-convoy.ts';
import { postOnce } from './post-once.ts';

/** Posts what the Witness has to say to people, each word once: the reports that they asked for, and what the town can't mend. */
export async function mirrorWitness(pass: MirrorPass): Promise<void> {
  const { checks, findings } = pass.convoy().patrol;
  for (const [index, check] of checks.entries()) {
    if (check.reported) await postOnce(pass, `health ${index + 1}`, healthText(check));
  }
  for (const [index, finding] of findings.entries()) {
    if (finding.action === 'escalate' || finding.action === 'quarantine') {
      await postOnce(pass, `finding ${index + 1}`, findingText(pass.convoy(), finding));
    }
  }
}
