import { cancelConvoy } from '../../domain/convoy/decisions/end-convoy.ts';
import { pauseConvoy, resumeAfter } from '../../domain/convoy/decisions/pause-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, StreamId } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { AwayCause } from '../../domain/rig/events.ts';
import { moveRig, type Place, type RigState, rigAway, rigBack, rigFold } from '../../domain/rig/rig.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import type { Town } from '../town.ts';

/** That something happened to a repository, by whom it was done, and what told the town. */
export interface RigNotice {
  readonly rig: number;
  readonly by: string;
  readonly cause: string;
}

/** It goes by another name now. */
export async function noticeMove(
  town: Town,
  notice: RigNotice,
  { before, after }: { readonly before: Place; readonly after: Place },
): Promise<void> {
  await record(town, notice, (state) => moveRig(state, notice.by, before, after));
}

/** Nothing can be written there: its convoys pause; those of a deleted repository end. */
export async function noticeAway(town: Town, notice: RigNotice, why: AwayCause): Promise<void> {
  const rig = await record(town, notice, (state) => rigAway(state, notice.by, why));
  if (rig === null) return;
  await ofEachConvoy(town, notice, (state) =>
    why === 'deleted'
      ? cancelConvoy(state, notice.by, 'The repository was deleted.')
      : pauseConvoy(state, notice.by, 'rig-away'),
  );
}

/** It can be written to again: what paused because of that goes on, unless something else still stands in the way. */
export async function noticeBack(town: Town, notice: RigNotice, why: AwayCause): Promise<void> {
  const rig = await record(town, notice, (state) => rigBack(state, notice.by, why));
  if (rig === null || rig.away.size > 0) return;
  await ofEachConvoy(town, notice, (state) => resumeAfter(state, notice.by, 'rig-away'));
}

/** What the rig is after it; null, and nothing recorded, for one that the town never worked in. */
async function record(
  town: Town,
  { rig, by, cause }: RigNotice,
  decide: (state: RigState) => Decision<never>,
): Promise<RigState | null> {
  const stream = rigStream(rig);
  const known = convoyStreams(town, rig).length > 0 || town.ledger.streams(stream).includes(stream);
  if (!known) return null;
  const { state } = await town.ledger.decide({
    stream,
    fold: rigFold,
    actor: `overseer:${by}`,
    cause,
    decide,
  });
  return state;
}

async function ofEachConvoy(
  town: Town,
  { rig, by, cause }: RigNotice,
  decide: (state: ConvoyState) => Decision<Refusal>,
): Promise<void> {
  for (const stream of convoyStreams(town, rig)) {
    await town.ledger.decide({ stream, fold: convoyFold, actor: `overseer:${by}`, cause, decide });
  }
}

const convoyStreams = (town: Town, rig: number): readonly StreamId[] => town.ledger.streams(`convoy/${rig}/`);
