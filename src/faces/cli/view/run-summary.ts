import { isDelivered } from '../../../domain/bead/derive.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { type ExitName, exitStatus } from '../exit-status.ts';

/** How a run ended. Printed by `--json` as the last line; a script may rely on every field. */
export interface RunSummary {
  readonly type: 'summary';
  /** True only when the pull request is open and its verification passed. */
  readonly ok: boolean;
  /** The number of the convoy's issue; null when it never opened. */
  readonly convoy: number | null;
  readonly beads: number;
  /** Beads whose change is in the verified head, or that closed without one. */
  readonly landed: number;
  readonly pullRequest: {
    readonly number: number;
    readonly url: string;
    readonly head: string;
    readonly sha: string;
  } | null;
  /** Of the pull request's commit; `none` where there is no command to run. */
  readonly verification: 'passed' | 'failed' | 'none';
  /** Input and output of every model call. */
  readonly tokens: number;
  readonly costUsd: number;
  readonly wallMs: number;
  readonly workspace: string;
}

export interface RunFacts {
  readonly convoy: Convoy | null;
  readonly wallMs: number;
  readonly workspace: string;
}

export function summarise({ convoy, wallMs, workspace }: RunFacts): RunSummary {
  const verification = convoy ? verificationOf(convoy) : 'none';
  const pullRequest = convoy?.pullRequest ? shownOf(convoy.pullRequest) : null;
  const beads = [...(convoy?.beads.values() ?? [])];
  return {
    type: 'summary',
    ok: pullRequest !== null && verification === 'passed',
    convoy: convoy?.opened.issue ?? null,
    beads: beads.length,
    landed: beads.filter(isDelivered).length,
    pullRequest,
    verification,
    tokens: convoy ? convoy.spent.inputTokens + convoy.spent.outputTokens : 0,
    costUsd: convoy?.spent.usd ?? 0,
    wallMs: Math.round(wallMs),
    workspace,
  };
}

/** What a script may rely on, whatever else is known of it. */
const shownOf = ({ number, url, head, sha }: NonNullable<RunSummary['pullRequest']>) => ({
  number,
  url,
  head,
  sha,
});

/** A green run counts only for the commit that the pull request holds. */
function verificationOf({ verified, red, pullRequest }: Convoy): RunSummary['verification'] {
  const shown = verified !== null && (pullRequest === null || verified.commit === pullRequest.sha);
  if (shown && verified.command !== null) return verified.exitCode === 0 ? 'passed' : 'failed';
  return red === null ? 'none' : 'failed';
}

export function exitFor(summary: RunSummary): ExitName {
  if (summary.ok) return 'ok';
  return summary.pullRequest === null ? 'convoy' : 'verification';
}

export const exitCodeFor = (summary: RunSummary): number => exitStatus[exitFor(summary)].code;
