import type { RecordedEvent } from '../../domain/event.ts';
import type { HeldSession } from '../polecat/hear-notes.ts';
import type { Town } from '../town.ts';
import { nudge } from '../witness/act-on-finding.ts';

/** Says to the session that a run works what the Witness, which is the App's, found in it; once. */
export async function passOnFindings(
  town: Town,
  { stream, session }: HeldSession,
  event: RecordedEvent,
): Promise<void> {
  if (event.stream !== stream || event.type !== 'WitnessFound') return;
  if (event.data.action === 'nudge' && event.data.session === session) await nudge(town, stream, event.data);
}
