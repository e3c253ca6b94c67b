import type { StreamId } from '../../domain/event.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { beadCreated, beadNoted, clock, convoyOne, convoyOpened, oid } from './sample-events.ts';

export const session: StreamId = 'session/00000000-0000-7000-8000-000000000001';

/** A ledger in a file with two beads, of which the first has landed, one session, one content and one key; closed. */
export async function fillLedger(path: string): Promise<void> {
  const ledger = openLedger({ path, clock });
  const append = async (...events: Parameters<typeof ledger.append>[0]['events']) => {
    const expected = ledger.read(convoyOne).length;
    const by = { actor: 'mayor', cause: 'delivery-1', key: `step ${expected}` };
    const result = await ledger.append({ stream: convoyOne, expected, events, ...by });
    if (result.status !== 'appended') throw new Error(result.status);
    return result.events;
  };
  await append(convoyOpened());
  await append(beadCreated(1), beadCreated(2, [1]));
  const [slung] = await append({ type: 'BeadSlung', data: { bead: 1, topic: 'parser' } });
  const data = { role: 'polecat', convoy: convoyOne, bead: 1, attempt: 1 } as const;
  const texts = { model: 'm', system: 's', briefing: 'b', tools: [] };
  await ledger.append({
    stream: session,
    expected: 0,
    events: [{ type: 'SessionStarted', data: { ...data, ...texts } }],
    actor: 'town',
    cause: slung?.id ?? '',
  });
  const started = ledger.read(session)[0]?.id ?? '';
  const change = { kind: 'change', commit: oid, base: oid, files: 1 } as const;
  await ledger.append({
    stream: convoyOne,
    expected: 4,
    events: [
      { type: 'BeadClosed', data: { bead: 1, attempt: 1, session: session.slice(8), outcome: change } },
    ],
    actor: 'polecat:parser',
    cause: started,
  });
  await append({ type: 'BeadLanded', data: { bead: 1, commit: oid } }, beadNoted(2, 'naïve “quotes” ✓'));
  await ledger.putContent(Buffer.from('a long output\n'.repeat(100)));
  await ledger.close();
}
