import type { Verification } from '../../domain/convoy/events.ts';
import { fenceUntrusted, inlineUntrusted } from '../../domain/text/quote-untrusted.ts';
import type { CheckRun } from '../ports/hub.ts';

const outputLengthMax = 30_000;

/** The check run "Gas Town / refinery": what was run on this very commit, and how it ended. */
export function checkRunText(
  verified: Verification,
): Pick<CheckRun, 'name' | 'conclusion' | 'title' | 'summary'> {
  const name = 'Gas Town / refinery';
  if (verified.command === null) {
    const summary = 'The rig has no verification command, so nothing was shown about this commit.';
    return { name, conclusion: 'neutral', title: 'No verification command is known', summary };
  }
  const passed = verified.exitCode === 0 && !verified.timedOut;
  const seconds = (verified.durationMs / 1000).toFixed(1);
  return {
    name,
    conclusion: passed ? 'success' : 'failure',
    title: passed ? `Verified in ${seconds} s` : 'Verification failed',
    summary: `\`${inlineUntrusted(verified.command, 300)}\`\n\n${fenceUntrusted(verified.outputTail, outputLengthMax)}`,
  };
}
