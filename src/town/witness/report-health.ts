import { reportHealth, startWitness } from '../../domain/convoy/decisions/watch-over.ts';
import type { StreamId } from '../../domain/event.ts';
import type { HealthVerdict } from '../../domain/patrol/events.ts';
import { openCheck } from '../../domain/patrol/patrol-state.ts';
import { convoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import { holdWitness } from './hold-witness.ts';

/** Makes the health report that a person asked for; the mirror posts it. Goes on with the session that was begun for it. */
export async function makeHealthReport(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const own = convoyDesk(town, stream, { actor: 'witness', session: '' });
  const fresh = town.newId();
  await own.decide((state) => startWitness(state, fresh));
  const session = openCheck(own.convoy().patrol)?.session;
  if (!session) return;
  const desk = convoyDesk(town, stream, { actor: 'witness', session });
  const say = (verdict: HealthVerdict | null, report: string) =>
    desk.decide((state) => reportHealth(state, { session, verdict, report }));
  const stop = await holdWitness(
    town,
    desk,
    session,
    async ({ verdict, text }) => {
      await say(verdict, text);
    },
    signal,
  );
  if (stop.status === 'interrupted') return;
  // Records nothing where the session has reported.
  const how = stop.status === 'ended' ? stop.outcome : stop.status;
  await say(
    null,
    `The Witness came to no verdict (${how}). ${stop.status === 'ended' ? stop.text : ''}`.trim(),
  );
}
