import type { Bead } from '../../domain/bead/bead.ts';
import { closedInVain, isKnownOpen, reopenSubject } from '../../domain/convoy/known-issues.ts';
import { beadIssueOf, beadSubject } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { ensureEffect } from './ensure-effect.ts';
import type { MirrorPass } from './mirror-convoy.ts';

/** Two who undo each other's work have no end: someone who insists gets their way with the issue, not with the bead. */
const reopenedMax = 3;

/**
 * Opens a bead's issue again that someone closed who may not, and closes what a convoy leaves open at its end. What landed is
 * mostly closed already, by GitHub itself through `Closes #`; that does nothing where the merge went elsewhere than to the
 * default branch. Each issue is closed once: who opens it again has a reason.
 */
export async function mirrorIssueStates(pass: MirrorPass): Promise<void> {
  const { beads, ended, opened } = pass.convoy();
  for (const bead of beads.values()) {
    const issue = beadIssueOf(pass.convoy(), bead.number);
    if (issue === null) continue;
    const close = closing(pass.convoy(), bead);
    if (close !== null) await closeIssue(pass, beadSubject(bead.number), issue.number, close);
    else await reopenIssue(pass, bead.number, issue.number);
  }
  if (ended?.how === 'landed') await closeIssue(pass, 'convoy', opened.issue, 'completed');
}

function closing({ ended }: Convoy, bead: Bead): 'completed' | 'not_planned' | null {
  if (ended === null) return null;
  if (ended.how !== 'landed') return 'not_planned';
  return bead.landedAs !== null || bead.outcome?.kind === 'no-changes' ? 'completed' : 'not_planned';
}

async function closeIssue(
  pass: MirrorPass,
  subject: string,
  issue: number,
  stateReason: 'completed' | 'not_planned',
): Promise<void> {
  await ensureEffect(pass.town, pass.stream, {
    kind: 'close-issue',
    subject,
    detail: { issue, because: stateReason },
    perform: async () => {
      const { state } = await pass.hub.readIssue(issue);
      if (state === 'open') await pass.hub.updateIssue(issue, { state: 'closed', stateReason });
      return { issue };
    },
    find: async () => {
      const { state } = await pass.hub.readIssue(issue);
      return state === 'closed' ? { issue } : null;
    },
  });
}

async function reopenIssue(pass: MirrorPass, bead: number, issue: number): Promise<void> {
  const times = closedInVain(pass.convoy(), bead);
  if (times === 0 || times > reopenedMax || isKnownOpen(pass.convoy(), bead)) return;
  await ensureEffect(pass.town, pass.stream, {
    kind: 'reopen-issue',
    subject: reopenSubject(bead, times),
    detail: { issue },
    perform: async () => {
      await pass.hub.updateIssue(issue, { state: 'open', stateReason: 'reopened' });
      return { issue };
    },
    find: async () => {
      const { state } = await pass.hub.readIssue(issue);
      return state === 'open' ? { issue } : null;
    },
  });
}
