import type { NewEventOf, StreamId } from '../../src/domain/event.ts';
import { newUuidV7 } from '../../src/ledger/log/uuid.ts';
import { convoyOpened } from '../../src/testing/ledger/sample-events.ts';

/** An effect that is to be done on GitHub: its data are JSON of exactly 300 bytes, and it makes an outbox row. */
export function effectIntended(): NewEventOf<'EffectIntended'> {
  const data = { effect: newUuidV7(() => new Date()), kind: 'reply', subject: 'octo/rig#12' } as const;
  const empty = JSON.stringify({ ...data, detail: '' }).length;
  return { type: 'EffectIntended', data: { ...data, detail: 'x'.repeat(300 - empty) } };
}

export const convoy = (issue: number): StreamId => `convoy/1/${issue}`;
export const opened = convoyOpened;

/** How many streams the appends go to, in turn. */
export const streamCount = 200;
