import { orderName } from '../../domain/run/order.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { Seal } from '../git-refs/seal.ts';
import { refsPrefix } from '../git-refs/stream-refs.ts';
import type { RefMove, RefStore } from '../ports/ref-store.ts';
import type { RigRunRefs, RunReply, StandingRunRefs } from '../ports/run-refs.ts';
import { type KnownRun, readRun, unknownRun } from './known-run.ts';
import { ordersFiles } from './run-commit.ts';
import { orderOfRun, ordersRef, runRef } from './run-refs.ts';

interface Parts {
  readonly refs: RefStore;
  readonly ledger: Pick<WorkingLedger, 'takeIn' | 'linesOf'>;
  /** Opens sessions that were sealed; null: they stay closed to the town. */
  readonly seal: Seal | null;
}

/** What a reply comes to: a ref to be moved, and what is known of the run once it has been. */
interface Written {
  readonly move: RefMove;
  readonly landed: () => void;
}

export function openRigRunRefs(parts: Parts): RigRunRefs {
  const { refs } = parts;
  const known = new Map<string, KnownRun>();
  let standing: ReadonlyMap<string, string> = new Map();
  const gone = (ref: string): readonly RefMove[] => {
    const from = standing.get(ref);
    return from === undefined ? [] : [{ ref, from, to: null }];
  };
  return {
    async list() {
      standing = await refs.list(refsPrefix);
      for (const [name, run] of known) if (!standing.has(runRef(run.order))) known.delete(name);
      return toStanding(standing);
    },
    async read(stream, order) {
      const run = known.get(orderName(order)) ?? unknownRun(stream, order);
      const [own, orders] = [runRef(order), ordersRef(order)];
      if (isAt(standing, own, run.runHead) && isAt(standing, orders, run.ordersHead)) return run;
      known.delete(orderName(order));
      await readRun(run, parts);
      // Only what could be read to its end is gone on with.
      known.set(orderName(order), run);
      return run;
    },
    async settle({ replies, over, works, heads }) {
      const written: Written[] = [];
      for (const reply of replies) {
        const run = known.get(orderName(reply.desk.order));
        if (run !== undefined) written.push(await writeReply(parts, run, reply));
      }
      const moves = [
        ...written.map(({ move }) => move),
        ...over.flatMap(({ order }) => [...gone(runRef(order)), ...gone(ordersRef(order))]),
        ...works.flatMap((work) => gone(workRef(work))),
        ...heads.flatMap((issue) => gone(headRef(issue))),
      ];
      if (moves.length === 0) return true;
      const outcome = await refs.push(moves);
      if (outcome.status === 'pushed') for (const { landed } of written) landed();
      // A ref is not where it was seen: the next look reads all of them from the beginning.
      else known.clear();
      return outcome.status === 'pushed';
    },
  };
}

const workRef = ({ issue, bead }: { issue: number; bead: number }): string =>
  `${refsPrefix}work/${issue}.${bead}`;
const headRef = (issue: number): string => `${refsPrefix}git/${issue}/head`;

function toStanding(standing: ReadonlyMap<string, string>): StandingRunRefs {
  const refs = [...standing.keys()];
  return {
    orders: refs.flatMap((ref) => orderOfRun(ref) ?? []),
    works: refs.flatMap((ref) => {
      const match = /^work\/(\d+)\.(\d+)$/.exec(ref.slice(refsPrefix.length));
      return match === null ? [] : [{ issue: Number(match[1]), bead: Number(match[2]) }];
    }),
    heads: refs.flatMap((ref) => {
      const match = /^git\/(\d+)\/head$/.exec(ref.slice(refsPrefix.length));
      return match === null ? [] : [Number(match[1])];
    }),
  };
}

async function writeReply(
  { refs, ledger }: Parts,
  run: KnownRun,
  { answers, tells }: RunReply,
): Promise<Written> {
  const lines = tells ? ledger.linesOf(run.stream, run.version) : [];
  const version = run.version + lines.length;
  const ref = ordersRef(run.order);
  const to = await refs.commit({
    parents: run.ordersHead === null ? [] : [run.ordersHead],
    files: ordersFiles({ answers, version, lines }),
    message: `Orders ${orderName(run.order)}\n`,
  });
  return {
    move: { ref, from: run.ordersHead, to },
    landed() {
      run.ordersHead = to;
      run.version = version;
      run.open.splice(0, answers.length);
      run.answered = Math.max(run.answered, ...answers.map(({ number }) => number));
    },
  };
}

const isAt = (standing: ReadonlyMap<string, string>, ref: string, oid: string | null): boolean =>
  (standing.get(ref) ?? null) === oid;
