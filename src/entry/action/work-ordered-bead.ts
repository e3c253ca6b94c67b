import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { OrderParts } from '../../domain/run/order.ts';
import type { RunLedger } from '../../ledger/run-refs/open-run-ledger.ts';
import { openJobTown } from '../../town/open-job-town.ts';
import type { HeldSession } from '../../town/polecat/hear-notes.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import type { RepositoryRef } from '../../town/ports/hub.ts';
import { passOnFindings } from '../../town/runs/pass-on-findings.ts';
import type { Town } from '../../town/town.ts';
import { type ActionContext, prepareJob, tellPushTrouble, wireJobTown } from './action-town.ts';
import { fetchConvoyCommits } from './follow-convoy.ts';
import type { Job } from './job-task.ts';
import { openOrderLedger } from './open-order-ledger.ts';

/**
 * Works one bead for the App that ordered it: claims it, works it to its end, and leaves. Null where the App gives it to
 * this run no more. Rejects with `OrderOver` where the App has no use for the run any more.
 */
export async function workOrderedBead(
  context: ActionContext,
  job: Job,
  order: OrderParts,
  hopeless: Promise<never>,
): Promise<Convoy | null> {
  const parts = await prepareJob(context, job, true);
  const { remote } = parts;
  const onTrouble = tellPushTrouble(context);
  const ledger = await openOrderLedger(context.job, job, order, { remote, onTrouble });
  try {
    const town = await wireJobTown(context, parts, ledger, { works: true });
    context.onLedger(ledger);
    const run = context.job.run;
    const worked = await claimAndWork({ town, ledger, remote, rig: job.rig, order, run }, hopeless);
    if (worked.status === 'worked') return worked.convoy;
    context.write(`The App gives bead ${order.bead} to this run no more: ${worked.why}\n`);
    return null;
  } finally {
    await ledger.close();
  }
}

interface OrderedWork {
  readonly town: Town;
  readonly ledger: RunLedger;
  readonly remote: () => Promise<Remote>;
  readonly rig: RepositoryRef;
  readonly order: OrderParts;
  /** GitHub's number of the run. */
  readonly run: number;
}

type Worked =
  | { readonly status: 'worked'; readonly convoy: Convoy | null }
  | { readonly status: 'not-given'; readonly why: string };

export async function claimAndWork(
  { town, ledger, remote, rig, order, run }: OrderedWork,
  hopeless: Promise<never>,
): Promise<Worked> {
  const session = town.newId();
  const answer = await Promise.race([ledger.claim(session, run), hopeless]);
  if (answer.status === 'refused') return { status: 'not-given', why: answer.text };
  const stream = convoyStream(rig.id, order.issue);
  const { state } = ledger.load(stream, convoyFold);
  if (state !== null) await fetchConvoyCommits(await town.git.open(rig.id), await remote(), state);
  await work(town, ledger, { stream, bead: order.bead, session }, hopeless);
  return { status: 'worked', convoy: ledger.load(stream, convoyFold).state };
}

async function work(
  town: Town,
  ledger: RunLedger,
  held: HeldSession,
  hopeless: Promise<never>,
): Promise<void> {
  const job = openJobTown(town, [held.stream], () => Promise.resolve(), {
    takes: (_, step) => step.kind === 'polecat' && step.session === held.session,
    mirrors: false,
  });
  const hearing = ledger.subscribe({
    after: 'now',
    handle: (event) => passOnFindings(town, held, event),
    onError: () => null,
  });
  try {
    await Promise.race([job.done(), ledger.over, hopeless]);
  } finally {
    await hearing.close();
    await job.close();
    await town.sandboxes.removeConvoy(held.stream);
  }
}
