import type { Convoy } from '../../domain/convoy/state.ts';
import { inlineUntrusted } from '../../domain/text/quote-untrusted.ts';

/** What this convoy landed was taken back by people. */
export function revertedText(convoy: Convoy, by: string, commit: string): string {
  const branch = inlineUntrusted(convoy.opened.base.branch, 120);
  return `**Reverted** by ${inlineUntrusted(by, 60)} in ${commit}: what this convoy landed is not in \`${branch}\` any more. The town does nothing about it by itself; a new issue orders new work.`;
}

/** The pull request of a convoy that has ended was opened again by people. */
export function reopenedText(convoy: Convoy, by: string): string {
  return `**Opened again** by ${inlineUntrusted(by, 60)}. Its convoy has ended (#${convoy.opened.issue}), so the town does no more work on it; its branch is kept for as long as this stays open.`;
}
