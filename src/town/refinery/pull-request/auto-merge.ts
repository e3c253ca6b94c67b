import { ensureEffect } from '../../mirror/ensure-effect.ts';
import { tell } from '../../mirror/tell.ts';
import type { Hub } from '../../ports/hub.ts';
import type { RefineryDesk } from '../refinery-desk.ts';

/** Leaves an approved head to GitHub's own auto-merge; says so where its rules forbid it. */
export async function askAutoMerge(desk: RefineryDesk, hub: Hub): Promise<void> {
  const { pullRequest } = desk.convoy();
  if (pullRequest === null) return;
  const { number, sha } = pullRequest;
  const receipt = await ensureEffect(desk.town, desk.stream, {
    kind: 'auto-merge',
    subject: sha,
    detail: { pullRequest: number, sha },
    perform: async () => hub.autoMerge(number, sha),
    // Asking again changes nothing.
    find: async () => null,
  });
  if (receipt !== 'refused') return;
  const text =
    "**Not merged by itself**: `merge: auto` is configured, but this repository's rules don't let GitHub merge it (auto-merge may be switched off in its settings). Merge it as usual.";
  await tell(desk.town, desk.stream, hub, { issue: number, subject: `auto-merge ${sha}`, text });
}
