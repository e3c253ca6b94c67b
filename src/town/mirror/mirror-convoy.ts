import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { mirrorBeadIssues } from './mirror-bead-issues.ts';
import { mirrorCrew } from './mirror-crew.ts';
import { mirrorEnding } from './mirror-ending.ts';
import { mirrorNeeds } from './mirror-needs.ts';
import { mirrorStatusComment } from './mirror-status-comment.ts';
import { mirrorWitness } from './mirror-witness.ts';
import type { Written } from './written.ts';

/** What one pass works on: the convoy as it is *now*, read anew before each write. */
export interface MirrorPass {
  readonly town: Town;
  readonly stream: StreamId;
  readonly hub: Hub;
  readonly written: Written;
  readonly convoy: () => Convoy;
}

/**
 * Makes GitHub show what the ledger says. Level-triggered: it compares and mends, so that a pass that was lost costs
 * nothing but time. Never on the critical path of a bead.
 */
export async function mirrorConvoy(town: Town, stream: StreamId, written: Written): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null) return;
  const hub = await town.hubs.open(state.opened.repository);
  const convoy = (): Convoy => town.ledger.load(stream, convoyFold).state ?? state;
  const pass: MirrorPass = { town, stream, hub, written, convoy };
  await mirrorStatusComment(pass);
  await mirrorBeadIssues(pass);
  await mirrorNeeds(pass);
  await mirrorWitness(pass);
  await mirrorCrew(pass);
  await mirrorEnding(pass);
  await mirrorStatusComment(pass);
}
