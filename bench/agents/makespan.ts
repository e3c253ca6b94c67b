import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { createSandboxes } from '../../src/adapters/docker/create-sandboxes.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { testEngine } from '../../src/testing/engine.ts';
import type { Sandboxes, StartRequest } from '../../src/town/ports/sandbox.ts';
import { type Row, relative } from '../row.ts';
import { beads, latencyMs, repliesPerBead } from './makespan-script.ts';
import { startModelProcess } from './start-model-process.ts';
import { measureToolsAlone } from './tools-alone.ts';
import { walkConvoy } from './walk-convoy.ts';

const polecats = 5;
/** The most that a rig's config allows, and as many as there are beads. */
const warm = 20;

/**
 * Twenty beads on five polecats, each three replies of a model that takes 100 ms (a look, a file written, the bead closed),
 * in real containers, with verification, landing and mirror on: from the first order to the last landing, as the ledger's
 * clock has it, against max(critical path, work / 5).
 *
 * Work is what one bead takes by itself: the latency of its three replies, and its own two tool calls as they take in a
 * container while nothing else is at work, measured before. All else is overhead and counts against the town:
 * getting a container, the bead's first message, taking its work out and committing it, giving the place to the next one,
 * merging, verification, landing, the mirror and the ledger. The beads need nothing of each other, so that the critical path
 * is one bead.
 *
 * The containers come from the warm pool, which is filled while the Mayor plans: this one thinks until it is full. The model
 * answers from a process of its own: a town asks one over the network, and its work is none of the town's.
 */
export async function makespan(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
  const docker = new Dockerode(await testEngine());
  const sandboxes = createSandboxes({ docker, town: `bench-${process.pid}`, warm });
  const { prepared, watched } = watchPrepared(sandboxes);
  let toolsMs = 0;
  const model = await startModelProcess(async () => {
    const request = await prepared;
    toolsMs = await measureToolsAlone(sandboxes, request);
    await sandboxes.prepare(request);
  });
  try {
    const walked = await walkConvoy(
      {
        model,
        settings: { image: 'gas-town-rig:latest', polecats, warm },
        town: { sandboxes: watched },
      },
      folder,
    );
    const took = spanOf(walked.events());
    await walked.close();
    const oneBead = repliesPerBead * latencyMs + toolsMs;
    const bound = Math.max(oneBead, (beads * oneBead) / polecats);
    return [
      relative('agents', {
        name: 'makespan/bound',
        value: took,
        unit: 'ms',
        reference: { name: 'bound', value: bound },
        target: 1.15,
        better: 'lower',
      }),
    ];
  } finally {
    await sandboxes.removeConvoy('convoy/1/1');
    await rm(folder, { recursive: true });
  }
}

/** The sandboxes as the town gets them, and what it asked to be ready, once it is. */
function watchPrepared(sandboxes: Sandboxes): {
  readonly prepared: Promise<StartRequest>;
  readonly watched: Sandboxes;
} {
  const { promise, resolve } = Promise.withResolvers<StartRequest>();
  const watched: Sandboxes = {
    snapshot: (request) => sandboxes.snapshot(request),
    start: (request) => sandboxes.start(request),
    find: (session) => sandboxes.find(session),
    run: (request) => sandboxes.run(request),
    watch: (watch) => sandboxes.watch(watch),
    removeConvoy: (convoy) => sandboxes.removeConvoy(convoy),
    close: () => sandboxes.close(),
    prepare: async (request) => {
      await sandboxes.prepare(request);
      resolve(request);
    },
  };
  return { prepared: promise, watched };
}

/** Milliseconds from the first bead slung to the last one landed. */
function spanOf(events: readonly RecordedEvent[]): number {
  const first = events.find((event) => event.type === 'BeadSlung');
  const landings = events.filter((event) => event.type === 'BeadLanded');
  const last = landings.at(-1);
  if (!first || !last || landings.length !== beads)
    throw new Error(`${landings.length} of ${beads} beads landed.`);
  return Date.parse(last.at) - Date.parse(first.at);
}
