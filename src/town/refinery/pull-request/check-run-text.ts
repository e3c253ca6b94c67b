import type { Verification } from '../../../domain/convoy/events.ts';
import { findPlaces } from '../../../domain/merge-queue/find-places.ts';
import { defuse, fenceUntrusted, inlineUntrusted } from '../../../domain/text/quote-untrusted.ts';
import type { CheckAnnotation, CheckRun } from '../../ports/hub.ts';

const outputLengthMax = 30_000;
const messageLengthMax = 500;

type CheckRunText = Pick<CheckRun, 'name' | 'conclusion' | 'title' | 'summary' | 'annotations'>;

/**
 * The check run "Gas Town / refinery": what was run on this very commit, and how it ended. `red` is the run that failed at
 * first where this one passed when it was run again. `isThere`: whether a path is in the tree.
 */
export function checkRunText(
  verified: Verification,
  red: Verification | null,
  isThere: (path: string) => boolean,
): CheckRunText {
  const name = 'Gas Town / refinery';
  if (verified.command === null) {
    const summary = 'The rig has no verification command, so nothing was shown about this commit.';
    return {
      name,
      conclusion: 'neutral',
      title: 'No verification command is known',
      summary,
      annotations: [],
    };
  }
  const passed = verified.exitCode === 0 && !verified.timedOut;
  const seconds = (verified.durationMs / 1000).toFixed(1);
  const flaky = passed && red !== null;
  const title = passed
    ? `Verified in ${seconds} s${flaky ? ', flaky: red at first' : ''}`
    : 'Verification failed';
  const failed = passed ? red : verified;
  return {
    name,
    conclusion: passed ? 'success' : 'failure',
    title,
    summary: [
      `\`${inlineUntrusted(verified.command, 300)}\``,
      fenceUntrusted(verified.outputTail, outputLengthMax),
      flaky ? `What it said when it was red:\n\n${fenceUntrusted(red.outputTail, outputLengthMax / 2)}` : '',
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    annotations:
      failed === null ? [] : annotationsOf(failed.outputTail, passed ? 'warning' : 'failure', isThere),
  };
}

function annotationsOf(
  output: string,
  level: CheckAnnotation['level'],
  isThere: (path: string) => boolean,
): CheckAnnotation[] {
  return findPlaces(output, isThere).map(({ path, line, message }) => ({
    path,
    line,
    level,
    message: defuse(message, messageLengthMax),
  }));
}
