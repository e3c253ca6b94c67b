import { beadIssueOf, beadSubject, effectOf, statusCommentOf } from '../../domain/convoy/mirror-receipts.ts';
import { lookFrom } from './look-from.ts';
import { beadIssuePlace, shownOfBead } from './mirror-bead-issues.ts';
import type { MirrorPass } from './mirror-convoy.ts';
import { commentPlace, statusText } from './mirror-status-comment.ts';

/**
 * Reads once, in a process that has written nothing yet, what stands on GitHub already, in two requests for a whole convoy: to
 * write it all again would be an edit for each bead, of which GitHub takes 80 a minute.
 */
export async function recallWritten(pass: MirrorPass): Promise<void> {
  if (pass.written.isRecalled) return;
  await recallIssues(pass);
  await recallComment(pass);
  pass.written.isRecalled = true;
}

async function recallIssues({ convoy, hub, town, written }: MirrorPass): Promise<void> {
  const made = [...convoy().beads.values()].flatMap((bead) => {
    const effect = effectOf(convoy(), 'bead-issue', beadSubject(bead.number));
    const issue = beadIssueOf(convoy(), bead.number);
    return effect === null || issue === null ? [] : [{ bead, effect, issue }];
  });
  const first = made[0];
  if (first === undefined) return;
  const standing = await hub.listIssuesSince(lookFrom(first.effect));
  const byNumber = new Map(standing.map((issue) => [issue.number, issue]));
  for (const { bead, effect, issue } of made) {
    const shown = shownOfBead({ convoy, town }, bead, effect);
    const found = byNumber.get(issue.number);
    if (found?.title === shown.title && found.body === shown.body())
      written.stands(beadIssuePlace(issue.number), shown.key);
  }
}

async function recallComment(pass: MirrorPass): Promise<void> {
  const { convoy, hub, written } = pass;
  const id = statusCommentOf(convoy());
  const effect = effectOf(convoy(), 'status-comment', 'convoy');
  if (id === null || effect === null) return;
  const comments = await hub.listComments(convoy().opened.issue, lookFrom(effect));
  const body = statusText(pass, effect);
  if (comments.some((comment) => comment.id === id && comment.body === body))
    written.stands(commentPlace(id), body);
}
