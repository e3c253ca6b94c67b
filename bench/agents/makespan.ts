import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { createSandboxes } from '../../src/adapters/docker/create-sandboxes.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { testEngine } from '../../src/testing/engine.ts';
import { convoyScript, works } from '../../src/testing/town/convoy-script.ts';
import { type Row, relative } from '../row.ts';
import { walkConvoy } from './walk-convoy.ts';

const beads = 20;
const polecats = 5;
const latencyMs = 100;
const repliesPerBead = 3;

/**
 * Twenty beads on five polecats, each three replies of a model that takes 100 ms, in real containers, with landing and mirror
 * on: from the first order to the last landing, against what the model's latency alone must take. The beads need nothing of
 * each other, so that the bound is their work shared among the polecats.
 */
export async function makespan(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
  const docker = new Dockerode(await testEngine());
  const sandboxes = createSandboxes({ docker, town: `bench-${process.pid}` });
  const titles = Array.from({ length: beads }, (_, at) => `Part ${String.fromCharCode(65 + at)} of it`);
  const script = convoyScript(
    titles.map((title, at) => {
      const [write, close] = works(at + 1);
      const look = { calls: [{ name: 'shell', arguments: { command: 'ls' } }] };
      return { title, steps: [look, write, close].filter((step) => step !== undefined) };
    }),
  );
  try {
    const walked = await walkConvoy(
      {
        script,
        rehearsal: { latencyMs },
        settings: { image: 'gas-town-rig:latest', polecats },
        town: { sandboxes },
      },
      folder,
    );
    const took = spanOf(walked.events());
    await walked.close();
    const bound = (beads * repliesPerBead * latencyMs) / polecats;
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

/** Milliseconds from the first bead slung to the last one landed. */
function spanOf(events: readonly RecordedEvent[]): number {
  const first = events.find((event) => event.type === 'BeadSlung');
  const landings = events.filter((event) => event.type === 'BeadLanded');
  const last = landings.at(-1);
  if (!first || !last || landings.length !== beads)
    throw new Error(`${landings.length} of ${beads} beads landed.`);
  return Date.parse(last.at) - Date.parse(first.at);
}
