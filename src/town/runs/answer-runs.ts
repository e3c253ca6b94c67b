import { isDelivered } from '../../domain/bead/derive.ts';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { liveRuns } from '../../domain/convoy/run-receipts.ts';
import type { Convoy, ConvoyState } from '../../domain/convoy/state.ts';
import { orderName } from '../../domain/run/order.ts';
import type { RigRunRefs, RunDesk, RunRefs, RunReply, StandingRunRefs } from '../../ledger/ports/run-refs.ts';
import type { RepositoryRef } from '../ports/hub.ts';
import { currentRef } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { attendRun } from './attend-run.ts';

export interface RunLook {
  /** Numbers of the convoys of which something could not be read. */
  readonly unread: ReadonlySet<number>;
  /** Everything was read, and every ref is where it was put. */
  readonly isWhole: boolean;
}

/**
 * One look at a rig's refs: reads what its runs have written since the last one, answers them all with one push, and takes
 * away what nobody needs any more.
 */
export async function answerRuns(town: Town, runs: RunRefs, rig: RepositoryRef): Promise<RunLook> {
  const refs = await runs.open(currentRef(town, rig));
  const standing = await refs.list();
  const replies: RunReply[] = [];
  const over: RunDesk[] = [];
  const unread = new Set<number>();
  for (const order of standing.orders) {
    if (convoyAt(town, rig, order.issue) === null) continue;
    const stream = convoyStream(rig.id, order.issue);
    try {
      const desk = await refs.read(stream, order);
      const attended = await attendRun(town, desk);
      if (attended.kind === 'reply') replies.push(attended.reply);
      else if (attended.kind === 'over') over.push(desk);
    } catch (error) {
      unread.add(order.issue);
      const message = error instanceof Error ? error.message : String(error);
      const step = `run ${orderName(order)}`;
      town.onProgress({ kind: 'trouble', convoy: stream, step, message, retryInMs: runs.everyMs });
    }
  }
  const isPushed = await refs.settle({ replies, over, ...leftOver(town, rig, standing) });
  return { unread, isWhole: isPushed && unread.size === 0 };
}

const convoyAt = (town: Town, rig: RepositoryRef, issue: number): ConvoyState =>
  town.ledger.load(convoyStream(rig.id, issue), convoyFold).state;

type LeftOver = Pick<Parameters<RigRunRefs['settle']>[0], 'works' | 'heads'>;

/** The work of beads that have landed, and everything of convoys that have ended and have no run any more. */
function leftOver(town: Town, rig: RepositoryRef, { works, heads }: StandingRunRefs): LeftOver {
  const isOver = (convoy: Convoy): boolean => convoy.ended !== null && liveRuns(convoy).length === 0;
  return {
    works: works.filter(({ issue, bead: number }) => {
      const convoy = convoyAt(town, rig, issue);
      const bead = convoy?.beads.get(number);
      return convoy !== null && (isOver(convoy) || (bead !== undefined && isDelivered(bead)));
    }),
    heads: heads.filter((issue) => {
      const convoy = convoyAt(town, rig, issue);
      return convoy !== null && isOver(convoy);
    }),
  };
}
