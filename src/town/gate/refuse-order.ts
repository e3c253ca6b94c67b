import { accept, type RecordedEvent } from '../../domain/event.ts';
import { rigFold } from '../../domain/rig/rig.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import { findOwn } from '../mirror/find-own.ts';
import { type Hub, HubFailed, type RepositoryRef } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { type MarkerSubject, marker } from '../voice/marker.ts';
import { orderRefusal } from '../voice/replies.ts';

interface RefusedOrder {
  readonly rig: RepositoryRef;
  readonly issue: number;
  readonly by: string;
  readonly rule: string;
  readonly text: string;
  readonly cause: string;
}

/** More than two clocks differ that are kept at all. */
const skewMs = 15 * 60_000;

/** Says no, once for each person, issue and reason: a label that is set again gets no second answer. */
export async function refuseOrder(town: Town, hub: Hub, order: RefusedOrder): Promise<void> {
  const { issue, by, rule, text } = order;
  const stream = rigStream(order.rig.id);
  const key = `refuse:${stream}:${issue}:${by}:${rule}`;
  const provenance = { actor: 'town', cause: order.cause };
  const refused = await town.ledger.decide({
    stream,
    fold: rigFold,
    decide: () => accept({ type: 'OrderRefused', data: { issue, by, rule, text } }),
    key,
    ...provenance,
  });
  const [event] = refused.status === 'refused' ? [] : refused.events;
  if (event === undefined || refused.state.answered.has(event.id)) return;
  const comment = await answered(town, hub, order, event, refused.status === 'repeated');
  await town.ledger.append({
    stream,
    expected: 'must-exist',
    events: [{ type: 'OrderRefusalAnswered', data: { issue, by, comment, refusal: event.id } }],
    key: `${key}:answered`,
    ...provenance,
  });
}

/** The comment that says no: the one that an earlier try left, or a new one. Rejects where it is too early to tell. */
async function answered(
  town: Town,
  hub: Hub,
  { rig, issue, by, text }: RefusedOrder,
  event: RecordedEvent,
  triedBefore: boolean,
): Promise<number> {
  const subject: MarkerSubject = { kind: 'refusal', effect: event.id, repositoryId: rig.id, issue };
  if (triedBefore) {
    const since = new Date(Date.parse(event.at) - skewMs).toISOString();
    const found = findOwn(town, await hub.listComments(issue, since), subject);
    if (found !== null) return found.id;
    const certainAt = Math.max(Date.parse(event.at), town.startedAt.getTime()) + town.lostCreateMs;
    if (town.clock().getTime() < certainAt) {
      throw new HubFailed({
        operation: 'looking for a refusal',
        status: null,
        outcome: 'unknown',
        retryAt: new Date(certainAt).toISOString(),
        message: 'its answer was lost, and it may show yet',
      });
    }
  }
  const body = `${orderRefusal(by, text)}\n\n${marker(town.markerKey, subject)}`;
  return (await hub.createComment(issue, body)).id;
}
