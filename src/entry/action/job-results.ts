import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { RunSummary } from '../../faces/cli/view/run-summary.ts';
import { statusComment } from '../../town/voice/status-comment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The outputs of action.yml, written to the file that the job names for them; nowhere where it names none. */
export async function writeOutputs(env: Environment, summary: RunSummary): Promise<void> {
  await addTo(
    env.GITHUB_OUTPUT,
    [
      output('convoy', String(summary.convoy ?? '')),
      output('beads', String(summary.beads)),
      output('pull-request', String(summary.pullRequest?.number ?? '')),
      output('cost-usd', summary.costUsd.toFixed(4)),
    ].join(''),
  );
}

/** The job's summary page tells the same story as the status comment. */
export async function writeSummary(env: Environment, convoy: Convoy): Promise<void> {
  await addTo(env.GITHUB_STEP_SUMMARY, `## Convoy #${convoy.opened.issue}\n\n${statusComment(convoy)}\n`);
}

/** With a delimiter that nobody can guess, so that no value can add an output of its own. */
function output(name: string, value: string): string {
  const delimiter = `gas-town-${randomUUID()}`;
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

async function addTo(file: string | undefined, text: string): Promise<void> {
  if (file) await appendFile(file, text);
}
