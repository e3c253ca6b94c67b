import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../src/domain/event.ts';
import type { RefineryRig } from '../../src/testing/refinery/refinery-rig.ts';

/** Closes beads 1 to `count`, each with a file of its own; returns their commits. `content` says what is in it. */
export async function closeBeads(
  rig: RefineryRig,
  count: number,
  content: (bead: number) => string,
): Promise<string[]> {
  const commits: string[] = [];
  const events: NewEvent[] = [];
  for (let bead = 1; bead <= count; bead += 1) {
    const result = await rig.store.commitChanges({
      parent: rig.base,
      changes: [
        {
          kind: 'write',
          path: Buffer.from(`parts/${bead}.txt`),
          mode: '100644',
          content: Buffer.from(content(bead)),
        },
      ],
      message: `bead ${bead}\n`,
      author: { name: 'Bench', email: 'bench@example.com', at: '2026-01-01T00:00:00Z' },
    });
    if (result.status !== 'committed') throw new Error('a bead without a change');
    commits.push(result.commit);
    events.push(...closing(bead, result.commit, rig.base));
  }
  await rig.happen(...events);
  return commits;
}

function closing(bead: number, commit: string, base: string): NewEvent[] {
  const session = randomUUID();
  const text = { title: `Part ${bead}`, description: '', acceptance: '' };
  const lease = { bead, attempt: 1, session, runner: 'bench', until: '2100-01-01T00:00:00Z', from: base };
  return [
    { type: 'BeadCreated', data: { bead, ...text, needs: [] } },
    { type: 'BeadSlung', data: { bead, topic: `part ${bead}` } },
    { type: 'LeaseGranted', data: lease },
    {
      type: 'BeadClosed',
      data: { bead, attempt: 1, session, outcome: { kind: 'change', commit, base, files: 1 } },
    },
  ];
}
