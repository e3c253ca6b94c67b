import type { NewEvent, StreamId } from '../../src/domain/event.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { smallConvoy } from '../../src/testing/events/small-convoy.ts';

const oid = (number: number): string => number.toString(16).padStart(40, '0');
const uuid = (number: number): string => `0198a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** Writes a ledger of `convoys` convoys with `beads` beads each, every second one landed, all with their attempts. */
export async function writeLargeTown(
  path: string,
  { convoys, beads }: { readonly convoys: number; readonly beads: number },
): Promise<void> {
  let now = Date.UTC(2030, 0, 1);
  const clock = (): Date => {
    now += 100;
    return new Date(now);
  };
  const ledger = openLedger({ path, clock, synchronous: 'normal' });
  for (let issue = 1; issue <= convoys; issue += 1) {
    const stream: StreamId = `convoy/7/${issue}`;
    const request = { stream, actor: 'town', cause: `delivery ${issue}` };
    await ledger.append({ ...request, expected: 'must-not-exist', events: [opened(issue)] });
    for (let bead = 1; bead <= beads; bead += 1) {
      await ledger.append({ ...request, expected: 'must-exist', events: storyOf(bead) });
    }
  }
  await ledger.ready;
  await ledger.close();
}

function opened(issue: number): NewEvent {
  const [first] = smallConvoy;
  if (first?.type !== 'ConvoyOpened') throw new Error('The story begins with another event.');
  return { type: 'ConvoyOpened', data: { ...first.data, issue, title: `Order number ${issue}` } };
}

function storyOf(bead: number): readonly NewEvent[] {
  const session = uuid(bead);
  const outcome = { kind: 'change', commit: oid(bead), base: oid(1), files: 3 } as const;
  const spent = {
    session,
    role: 'polecat',
    model: 'small',
    bead,
    inputTokens: 2_000,
    outputTokens: 300,
    usd: 0.01,
  };
  const until = '2030-01-02T00:00:00.000Z';
  const story: readonly NewEvent[] = [
    {
      type: 'BeadCreated',
      data: {
        bead,
        title: `Part ${bead} of the work`,
        description: 'Do it.',
        acceptance: 'It is done.',
        needs: bead > 1 ? [bead - 1] : [],
      },
    },
    { type: 'BeadSlung', data: { bead, topic: `part ${bead}` } },
    { type: 'LeaseGranted', data: { bead, attempt: 1, session, runner: 'here', until, from: oid(1) } },
    { type: 'BudgetSpent', data: spent },
    { type: 'BeadClosed', data: { bead, attempt: 1, session, outcome } },
    { type: 'BeadLanded', data: { bead, commit: oid(bead) } },
  ];
  return bead % 2 === 0 ? story : story.slice(0, 5);
}
