import type { NewEvent } from '../../../src/domain/event.ts';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { oid } from '../../../src/testing/ledger/sample-events.ts';
import { convoy, opened } from '../sample-event.ts';

/** Convoys that are worked at the same time, so that their events lie among each other's. */
const atOnce = 50;
const beadsPerConvoy = 11;
const eventsPerConvoy = 1 + beadsPerConvoy * 9;

const text = (length: number): string => 'lorem ipsum dolor sit amet '.repeat(20).slice(0, length);

/** The life of one bead, in nine events of about 300 bytes. */
function lifeOf(bead: number): NewEvent[] {
  const session = crypto.randomUUID();
  const outcome = { kind: 'change', commit: oid, base: oid, files: 3 } as const;
  const note = (number: number): NewEvent => ({
    type: 'BeadNoted',
    data: { bead, note: `${number} ${text(260)}` },
  });
  return [
    {
      type: 'BeadCreated',
      data: { bead, title: `Bead ${bead}`, description: text(150), acceptance: text(60), needs: [] },
    },
    { type: 'BeadSlung', data: { bead, topic: text(220) } },
    {
      type: 'LeaseGranted',
      data: { bead, attempt: 1, session, runner: text(160), until: '2026-01-02T03:04:05.000Z', from: oid },
    },
    note(1),
    note(2),
    { type: 'BeadBlocked', data: { bead, reason: text(250) } },
    { type: 'BeadUnblocked', data: { bead } },
    { type: 'BeadClosed', data: { bead, attempt: 1, session, outcome } },
    { type: 'BeadLanded', data: { bead, commit: oid } },
  ];
}

/** Fills a ledger with convoys of 100 events each, as a town would: many convoys side by side, a few events at a time. */
export async function fillConvoys(path: string, events: number): Promise<void> {
  const ledger = openLedger({ path, synchronous: 'normal', clock: () => new Date() });
  const convoys = events / eventsPerConvoy;
  const by = { actor: 'mayor', cause: crypto.randomUUID() };
  for (let first = 1; first <= convoys; first += atOnce) {
    const wave = Array.from({ length: Math.min(atOnce, convoys - first + 1) }, (_, index) => first + index);
    const append = (issue: number, expected: number, some: readonly NewEvent[]) =>
      ledger.append({ stream: convoy(issue), expected, events: some, ...by });
    await Promise.all(wave.map((issue) => append(issue, 0, [opened(issue)])));
    for (let bead = 1; bead <= beadsPerConvoy; bead += 1) {
      const lives = wave.map(() => lifeOf(bead));
      for (let at = 0; at < 9; at += 3) {
        const expected = 1 + (bead - 1) * 9 + at;
        await Promise.all(
          wave.map((issue, index) => append(issue, expected, (lives[index] ?? []).slice(at, at + 3))),
        );
      }
    }
  }
  await ledger.close();
}
