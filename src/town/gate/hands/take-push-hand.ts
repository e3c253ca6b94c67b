import { convoyStream } from '../../../domain/convoy/convoy-stream.ts';
import { noteHand } from '../../../domain/convoy/decisions/move-base.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import { branchPushed } from '../../../domain/convoy/evolve-pull-request.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import { isOurs } from '../may-steer.ts';
import type { PushPayload } from './hand-payloads.ts';

/**
 * Someone else pushed to the convoy's branch, or deleted it: noted. What was pushed is taken in before the town pushes
 * again; a deleted branch ends its pull request, and that ends the convoy.
 */
export async function takePushPayload(town: Town, payload: PushPayload, cause: string): Promise<void> {
  const issue = /^refs\/heads\/gas-town\/convoy-(\d+)$/.exec(payload.ref)?.[1];
  if (issue === undefined) return;
  const stream = convoyStream(payload.repository.id, Number(issue));
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null || state.ended) return;
  const hub = await openHub(town, state.opened.repository);
  if (isOurs(hub, payload.sender)) return;
  const { before, after, deleted, sender } = payload;
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${sender.login}`,
    cause,
    key: `hand:${stream}:push:${cause}`,
    decide: (now) =>
      noteHand(now, {
        what: deleted ? 'branch-deleted' : branchPushed,
        by: sender.login,
        before,
        after: deleted ? '' : after,
      }),
  });
}
