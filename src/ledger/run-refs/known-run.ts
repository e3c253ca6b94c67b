import type { StreamId } from '../../domain/event.ts';
import type { OrderParts } from '../../domain/run/order.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { Seal } from '../git-refs/seal.ts';
import { LedgerError } from '../ledger-error.ts';
import type { RefStore } from '../ports/ref-store.ts';
import type { NumberedRequest, RunDesk } from '../ports/run-refs.ts';
import { exportHeader } from '../transfer/export-lines.ts';
import { ordersFileNames, readOrdersCommit, readRunCommit, runFileNames } from './run-commit.ts';
import { ordersRef, runRef } from './run-refs.ts';

/** A run as far as its refs have been read. It is read anew from them by the next process: it is no memory of its own. */
export interface KnownRun extends RunDesk {
  /** Where the run's ref and the orders' ref stood; null: not there. */
  runHead: string | null;
  ordersHead: string | null;
  claim: RunDesk['claim'];
  open: NumberedRequest[];
  /** Number of the last request that was answered. */
  answered: number;
  version: number;
}

export const unknownRun = (stream: StreamId, order: OrderParts): KnownRun => ({
  stream,
  order,
  runHead: null,
  ordersHead: null,
  claim: null,
  open: [],
  answered: 0,
  version: 0,
});

interface Parts {
  readonly refs: RefStore;
  readonly ledger: Pick<WorkingLedger, 'takeIn'>;
  readonly seal: Seal | null;
}

/** Reads what is new on both refs of a run, and takes its sessions into the town's ledger. Throws `LedgerError`. */
export async function readRun(run: KnownRun, { refs, ledger, seal }: Parts): Promise<void> {
  const [own, orders] = [runRef(run.order), ordersRef(run.order)];
  const standing = await refs.fetch([own, orders]);
  const ordersHead = standing.get(orders) ?? null;
  if (ordersHead !== null && ordersHead !== run.ordersHead) {
    for (const commit of await refs.chain(ordersHead, run.ordersHead, ordersFileNames)) {
      const { answers, version } = readOrdersCommit(commit);
      run.answered = Math.max(run.answered, ...answers.map(({ number }) => number));
      run.version = version;
    }
  }
  run.ordersHead = ordersHead;
  const runHead = standing.get(own) ?? null;
  if (runHead === null || runHead === run.runHead) return;
  for (const commit of await refs.chain(runHead, run.runHead, runFileNames)) {
    const { requests, lines } = readRunCommit(commit, own, seal);
    if (lines !== null) await takeInSessions(ledger, lines);
    run.open.push(...requests.filter(({ number }) => number > run.answered));
    const claim = requests.find(({ number }) => number === 1)?.request;
    if (claim?.kind === 'claim') run.claim = { session: claim.session, run: claim.run };
  }
  run.runHead = runHead;
}

async function takeInSessions(ledger: Parts['ledger'], lines: readonly string[]): Promise<void> {
  const own = lines.filter(isOfSession);
  if (own.length === 0) return;
  try {
    await ledger.takeIn([exportHeader, ...own]);
  } catch (error) {
    // The town ended a session that it took to be over, and its run had one more thing to say there.
    if (!(error instanceof LedgerError && error.fault.kind === 'other-history')) throw error;
  }
}

/** A run writes sessions and the outputs that they name: whatever else its ref holds is not taken in. */
const isOfSession = (line: string): boolean => /^\{"(content":|stream":"session\/)/.test(line);
