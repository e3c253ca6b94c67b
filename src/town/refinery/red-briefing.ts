import type { Verification } from '../../domain/convoy/events.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { verificationCommand } from '../../domain/convoy/verification-command.ts';
import { fenceForModel } from '../../domain/text/fence-for-model.ts';

/** The first message of a session that mends what is red together. */
export function redBriefing(
  convoy: Convoy,
  red: { readonly verification: Verification; readonly what: string; readonly intent: string },
  diff: { readonly text: string; readonly truncated: boolean },
  nonce: string,
): string {
  const fenced = (label: string, text: string): string => fenceForModel(label, text, nonce);
  return [
    `The verification is red with ${red.what} merged. /workspace holds that very tree. Find the true cause and mend how the parts fit together: imports, signatures, wiring. Then call report. Features are not rewritten here; if the work itself is wrong, report ESCALATION.`,
    `What must pass: ${verificationCommand(convoy) ?? '(no command is known)'}`,
    `The end of its output:\n${fenced('output', red.verification.outputTail)}`,
    red.intent === '' ? '' : `What came in, and what it is for:\n${fenced('intent', red.intent)}`,
    `What it changed:\n${fenced('diff', diff.truncated ? `${diff.text}\n… (cut)` : diff.text)}`,
    'No work can be lost: a line of the merged work that you remove must be quoted in the report, with the reason.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
