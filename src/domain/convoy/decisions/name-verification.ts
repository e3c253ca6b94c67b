import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Takes the verification command that the plan names, where the rig has none at its base; it is fixed from then on. */
export function nameVerification(
  state: ConvoyState,
  named: { readonly command: string; readonly by: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { opened, namedCommand } = open.value;
  const command = named.command.trim();
  const fixed = opened.settings.verify ?? namedCommand;
  if (fixed === command) return accept();
  if (fixed !== null) {
    return refuse(refusal('verification-fixed', `The verification is \`${fixed}\`, and stays so.`));
  }
  if (command === '') return refuse(refusal('command-empty', 'Name the command.'));
  return accept({ type: 'VerificationNamed', data: { command, by: named.by } });
}
