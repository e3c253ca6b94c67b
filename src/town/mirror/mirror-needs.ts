import { beadIssueOf, needSubject } from '../../domain/convoy/mirror-receipts.ts';
import { ensureEffect } from './ensure-effect.ts';
import type { MirrorPass } from './mirror-convoy.ts';

/** Each need as a dependency between the issues of the two beads. */
export async function mirrorNeeds(pass: MirrorPass): Promise<void> {
  for (const bead of pass.convoy().beads.values()) {
    for (const need of bead.needs) await pass.attempt(() => linkNeed(pass, bead.number, need));
  }
}

async function linkNeed(pass: MirrorPass, bead: number, need: number): Promise<void> {
  const blocked = beadIssueOf(pass.convoy(), bead);
  const blocker = beadIssueOf(pass.convoy(), need);
  if (blocked === null || blocker === null) return;
  const edge = { blocked: blocked.number, by: blocker.number };
  await ensureEffect(pass.town, pass.stream, {
    kind: 'needs-edge',
    subject: needSubject(bead, need),
    detail: edge,
    perform: async () => {
      await pass.hub.addBlockedBy(blocked.number, blocker.id);
      return edge;
    },
    find: async () => {
      const blockers = await pass.hub.listBlockedBy(blocked.number);
      return blockers.some((one) => one.id === blocker.id) ? edge : null;
    },
  });
}
