import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import { createRefStore } from '../../adapters/git/ref-store/create-ref-store.ts';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { parseOrder } from '../../domain/run/order.ts';
import { claimAndWork } from '../../entry/action/work-ordered-bead.ts';
import type { ActionCall, RunAction } from '../../forge/index.ts';
import { newUuidV7 } from '../../ledger/log/uuid.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import type { RefStore } from '../../ledger/ports/ref-store.ts';
import { openRunLedger, type RunLedger } from '../../ledger/run-refs/open-run-ledger.ts';
import { shareGit } from '../../town/dispatch/share-git.ts';
import { runnerOfRun } from '../../town/ports/bead-runs.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import type { Town } from '../../town/town.ts';
import { localSandboxes } from '../sandbox/local-sandboxes.ts';

const event = z.object({
  inputs: z.object({ order: z.string() }),
  repository: z.object({ id: z.int(), name: z.string(), owner: z.object({ login: z.string() }) }),
});

export interface InProcessJobs {
  readonly runAction: RunAction;
  /** What they and their town speak by, where that is not git. */
  readonly refStore?: RefStore;
  /** Tells the jobs what their towns are made of: the App's parts, but for what a runner has of its own. */
  equip(parts: Town, folder: string): void;
}

export interface InProcessJobsOptions {
  /** Called with each job that has begun. */
  readonly meanwhile?: (order: string, ledger: RunLedger) => void;
  readonly refStore?: RefStore | undefined;
}

const overGit = { askedMs: 100, idleMs: 250, soonMs: 100, longestMs: 60_000 };
const inMemory = { askedMs: 5, idleMs: 10, soonMs: 5, longestMs: 60_000 };

/**
 * Jobs of Actions in this process: what `gastown action` does for an ordered bead, on its own ledger, its own bare
 * repository and folders for containers. One that is killed pushes nothing more.
 */
export function inProcessJobs(options: InProcessJobsOptions = {}): InProcessJobs {
  const { meanwhile = () => undefined, refStore } = options;
  let kit: { parts: Town; folder: string } | null = null;
  return {
    ...(refStore === undefined ? {} : { refStore }),
    equip(parts, folder) {
      kit = { parts, folder };
    },
    async runAction(call) {
      if (kit === null) throw new Error('a job began before there was a town');
      return work(kit.parts, join(kit.folder, `job-${randomUUID()}`), call, { meanwhile, refStore });
    },
  };
}

async function work(
  parts: Town,
  folder: string,
  call: ActionCall,
  { meanwhile = () => undefined, refStore }: InProcessJobsOptions,
): Promise<number> {
  const { inputs, repository } = event.parse(
    JSON.parse(await readFile(call.env.GITHUB_EVENT_PATH ?? '', 'utf8')),
  );
  const order = parseOrder(inputs.order);
  if (order === null) throw new Error(`${inputs.order} is no order`);
  const rig = { id: repository.id, owner: repository.owner.login, name: repository.name };
  const run = Number(call.env.GITHUB_RUN_ID);
  const remote = async (): Promise<Remote> => ({
    url: `${call.env.GITHUB_SERVER_URL}/${rig.owner}/${rig.name}.git`,
    token: call.env['INPUT_GITHUB-TOKEN'] ?? '',
  });
  const clock = (): Date => new Date();
  const refs = refStore ?? (await createRefStore({ repository: join(folder, 'ledger.git'), remote, clock }));
  const ledger = openRunLedger({
    inner: openLedger({ path: join(folder, 'beads.db'), clock, synchronous: 'normal' }),
    refs: untilKilled(refs, call.kill),
    order,
    convoy: convoyStream(rig.id, order.issue),
    clock,
    newId: () => newUuidV7(clock),
    seal: 'plain',
    secrets: [],
    pace: refStore === undefined ? overGit : inMemory,
    onTrouble: (error) => call.write(`${String(error)}\n`),
  });
  meanwhile(inputs.order, ledger);
  const town: Town = {
    ...parts,
    ledger,
    runner: runnerOfRun(run),
    sandboxes: localSandboxes(join(folder, 'sandboxes')),
    git: shareGit(createGitStores({ folder: join(folder, 'rigs'), now: Date.now }), remote),
  };
  try {
    const worked = await claimAndWork({ town, ledger, remote, rig, order, run }, ended(call));
    call.write(worked.status === 'worked' ? 'Worked.\n' : `${worked.why}\n`);
    return 0;
  } catch (error) {
    call.write(`${String(error)}\n`);
    return 1;
  } finally {
    await ledger.close().catch((error: unknown) => call.write(`${String(error)}\n`));
  }
}

/** A runner that was killed reaches nothing any more. */
function untilKilled(refs: RefStore, kill: AbortSignal): RefStore {
  return {
    ...refs,
    push: async (moves) => {
      kill.throwIfAborted();
      return refs.push(moves);
    },
  };
}

function ended({ interrupt, kill }: ActionCall): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const signal = AbortSignal.any([interrupt, kill]);
  signal.addEventListener('abort', () => reject(new Error('the job was ended')), { once: true });
  return promise;
}
