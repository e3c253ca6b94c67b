import { revertConvoy } from '../../domain/convoy/decisions/after-end.ts';
import { moveBase } from '../../domain/convoy/decisions/move-base.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { findRevert } from '../../domain/convoy/find-revert.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { tell } from '../mirror/tell.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { revertedText } from '../voice/reverted.ts';
import { convoysOf } from './convoys-of.ts';
import type { PushPayload } from './hands/hand-payloads.ts';

/** A base branch has moved: open pull requests must keep up with it, or people took out of it what a convoy had landed. */
export async function takeBasePush(town: Town, payload: PushPayload, cause: string): Promise<void> {
  if (payload.deleted) return;
  for (const { stream, convoy } of convoysOf(town, payload.repository.id)) {
    const { opened, ended, pullRequest } = convoy;
    if (payload.ref !== `refs/heads/${opened.base.branch}`) continue;
    if (ended?.how === 'landed') await takeRevert(town, stream, convoy, payload, cause);
    // Before its pull request is there, a convoy looks by itself at what others did.
    if (ended !== null || pullRequest === null) continue;
    const moved = { branch: opened.base.branch, commit: payload.after };
    await town.ledger.decide({
      stream,
      fold: convoyFold,
      actor: `overseer:${payload.sender.login}`,
      cause,
      decide: (state) => moveBase(state, moved),
    });
  }
}

async function takeRevert(
  town: Town,
  stream: StreamId,
  convoy: Convoy,
  payload: PushPayload,
  cause: string,
): Promise<void> {
  const commit = findRevert(convoy, payload.commits);
  if (commit === null) return;
  const by = payload.sender.login;
  const { state } = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    decide: (now) => revertConvoy(now, { by, commit }),
  });
  if (state === null || state.reverted === null) return;
  const hub = await openHub(town, convoy.opened.repository);
  const text = revertedText(convoy, state.reverted.by, state.reverted.commit);
  await tell(town, stream, hub, {
    issue: convoy.opened.issue,
    subject: `reverted ${state.reverted.commit}`,
    text,
  });
}
