import { accept } from '../../domain/event.ts';
import type { Hub, RepositoryRef } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { orderRefusal } from '../voice/replies.ts';

interface RefusedOrder {
  readonly rig: RepositoryRef;
  readonly issue: number;
  readonly by: string;
  readonly rule: string;
  readonly text: string;
  readonly cause: string;
}

/** Says no, once for each person, issue and reason: a label that is set again gets no second answer. */
export async function refuseOrder(town: Town, hub: Hub, order: RefusedOrder): Promise<void> {
  const { issue, by, rule, text } = order;
  const stream = `rig/${order.rig.id}` as const;
  const key = `refuse:${stream}:${issue}:${by}:${rule}`;
  const provenance = { actor: 'town', cause: order.cause };
  const refused = await town.ledger.decide({
    stream,
    fold: nothingFold,
    decide: () => accept({ type: 'OrderRefused', data: { issue, by, rule, text } }),
    key,
    ...provenance,
  });
  if (refused.status !== 'appended') return;
  const comment = await hub.createComment(issue, orderRefusal(by, text));
  await town.ledger.append({
    stream,
    expected: 'must-exist',
    events: [{ type: 'OrderRefusalAnswered', data: { issue, by, comment: comment.id } }],
    key: `${key}:answered`,
    ...provenance,
  });
}

/** The answer depends on no state: the key alone says whether it was given before. */
const nothingFold = { name: 'nothing', version: 1, initial: () => null, evolve: () => null };
