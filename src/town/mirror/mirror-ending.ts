import { beadIssueOf, beadSubject } from '../../domain/convoy/mirror-receipts.ts';
import { ensureEffect } from './ensure-effect.ts';
import type { MirrorPass } from './mirror-convoy.ts';

/**
 * What a cancelled or failed convoy leaves open: its beads' issues are closed as not planned. What landed is closed by
 * GitHub itself through `Closes #` when the pull request is merged.
 */
export async function mirrorEnding(pass: MirrorPass): Promise<void> {
  const { ended, beads } = pass.convoy();
  if (ended === null || ended.how === 'landed') return;
  for (const bead of beads.values()) {
    const issue = beadIssueOf(pass.convoy(), bead.number);
    if (issue === null) continue;
    await ensureEffect(pass.town, pass.stream, {
      kind: 'close-issue',
      subject: beadSubject(bead.number),
      detail: { issue: issue.number, because: ended.how },
      perform: async () => {
        await pass.hub.updateIssue(issue.number, { state: 'closed', stateReason: 'not_planned' });
        return { issue: issue.number };
      },
      find: async () => {
        const { state } = await pass.hub.readIssue(issue.number);
        return state === 'closed' ? { issue: issue.number } : null;
      },
    });
  }
}
