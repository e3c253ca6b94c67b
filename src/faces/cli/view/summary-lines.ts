import { forTerminal } from './for-terminal.ts';
import type { RunSummary } from './run-summary.ts';

/** How a run ended, for people. */
export function summaryLines(summary: RunSummary): readonly string[] {
  const { convoy, beads, landed, pullRequest, verification, tokens, costUsd, wallMs } = summary;
  const head = pullRequest
    ? `Pull request #${pullRequest.number} is open: ${pullRequest.url}`
    : 'There is no pull request.';
  return [
    head,
    `  convoy        ${convoy === null ? 'none' : `#${convoy}`}, ${landed} of ${beads} beads landed`,
    ...(pullRequest ? [`  branch        ${pullRequest.head} at ${pullRequest.sha.slice(0, 9)}`] : []),
    `  verification  ${verification}`,
    `  spent         ${tokens.toLocaleString('en-US')} tokens, $${costUsd.toFixed(4)}, ${(wallMs / 1000).toFixed(1)} s`,
    `  workspace     ${summary.workspace}`,
  ].map(forTerminal);
}
