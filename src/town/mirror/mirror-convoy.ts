import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Hub } from '../ports/hub.ts';
import { isRigAway, openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { mirrorBeadIssues } from './mirror-bead-issues.ts';
import { mirrorCrew } from './mirror-crew.ts';
import { mirrorIssueStates } from './mirror-issue-states.ts';
import { mirrorNeeds } from './mirror-needs.ts';
import { mirrorPlan } from './mirror-plan.ts';
import { mirrorStatusComment } from './mirror-status-comment.ts';
import { mirrorWitness } from './mirror-witness.ts';
import { type Patience, patience } from './put-up-with.ts';
import { recallWritten } from './recall-written.ts';
import type { Written } from './written.ts';

/** What one pass works on: the convoy as it is *now*, read anew before each write. */
export interface MirrorPass {
  readonly town: Town;
  readonly stream: StreamId;
  readonly hub: Hub;
  readonly written: Written;
  readonly convoy: () => Convoy;
  readonly attempt: Patience['attempt'];
}

/**
 * Makes GitHub show what the ledger says. Level-triggered: it compares and mends, so that a pass that was lost costs
 * nothing but time. Never on the critical path of a bead.
 */
export async function mirrorConvoy(town: Town, stream: StreamId, written: Written): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null) return;
  if (isRigAway(town, state.opened.repository.id)) return;
  const hub = await openHub(town, state.opened.repository);
  const convoy = (): Convoy => town.ledger.load(stream, convoyFold).state ?? state;
  const { attempt, settle } = patience();
  const pass: MirrorPass = { town, stream, hub, written, convoy, attempt };
  await attempt(() => recallWritten(pass));
  await attempt(() => mirrorStatusComment(pass));
  await attempt(() => mirrorPlan(pass));
  await mirrorBeadIssues(pass);
  await mirrorNeeds(pass);
  await mirrorWitness(pass);
  await mirrorCrew(pass);
  await mirrorIssueStates(pass);
  await attempt(() => mirrorStatusComment(pass));
  settle();
}
