import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refineryRig } from '../../src/testing/refinery/refinery-rig.ts';
import { integrate } from '../../src/town/refinery/integrate.ts';
import { absolute, type Row } from '../row.ts';
import { closeBeads } from './closed-beads.ts';

const beads = 12;
/** First, last, and one inside. */
const places = [1, 7, 12];

/** The most verifications that one bad bead among twelve costs, the second run of each red one not counted. */
export async function bisect12(): Promise<Row> {
  const counts: number[] = [];
  for (const bad of places) {
    const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
    try {
      counts.push(await verifications(folder, bad));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const value = Math.max(...counts);
  return absolute('refinery', {
    name: 'bisect-12-verifications',
    value,
    unit: 'verifications',
    target: 6,
    better: 'lower',
  });
}

async function verifications(folder: string, bad: number): Promise<number> {
  const rig = await refineryRig(folder, {
    base: { a: 'a\n' },
    settings: { verify: '! grep -r broken parts' },
  });
  await closeBeads(rig, beads, (bead) => (bead === bad ? 'broken\n' : 'fine\n'));
  await integrate(rig.town, rig.stream, new AbortController().signal);
  if (rig.convoy().beads.get(bad)?.failures.length !== 1) throw new Error(`bead ${bad} was not returned`);
  const commits = rig
    .events()
    .flatMap((event) => (event.type === 'VerificationStarted' ? [event.data.commit] : []));
  await rig.end();
  return new Set(commits).size;
}
