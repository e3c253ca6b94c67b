import type { Database } from 'better-sqlite3';
import type { Inbox, ParkedDelivery, StoredDelivery } from '../ports/inbox.ts';

interface InboxRow {
  readonly guid: string;
  readonly event: string;
  readonly payload: string;
  readonly received_at: number;
  readonly tries: number;
  readonly reason: string;
}

const none: ReadonlySet<string> = new Set();

/** The inbox of a ledger file; `write` runs its work in a durable transaction, as the ledger's own writes. */
export function openInbox(db: Database, write: (work: () => void) => Promise<void>): Inbox {
  const insert = db.prepare(
    `INSERT INTO inbox (guid, event, payload, received_at, status, due_at, tries, reason)
     VALUES (@guid, @event, @payload, @receivedAt, 'due', @receivedAt, 0, '') ON CONFLICT (guid) DO NOTHING`,
  );
  // Payloads are read one by one: those of deliveries beside which others are asked for would be read for nothing.
  const due = db
    .prepare<[number, number], string>(
      `SELECT guid FROM inbox WHERE status = 'due' AND due_at <= ? ORDER BY due_at, received_at LIMIT ?`,
    )
    .pluck();
  const row = db.prepare<[string], InboxRow>('SELECT * FROM inbox WHERE guid = ?');
  const waiting = db.prepare<[number], { guid: string; due_at: number }>(
    `SELECT guid, due_at FROM inbox WHERE status = 'due' ORDER BY due_at LIMIT ?`,
  );
  const known = db.prepare<[string], number>('SELECT 1 FROM inbox WHERE guid = ?').pluck();
  const settle = db.prepare(
    `UPDATE inbox SET status = 'handled', due_at = @at, payload = '' WHERE guid = @guid`,
  );
  const later = db.prepare(
    `UPDATE inbox SET due_at = @at, tries = tries + 1, reason = @reason WHERE guid = @guid`,
  );
  const setAside = db.prepare(`UPDATE inbox SET status = 'parked', reason = @reason WHERE guid = @guid`);
  const aside = db.prepare<[], InboxRow>(`SELECT * FROM inbox WHERE status = 'parked' ORDER BY received_at`);
  const forget = db.prepare(`DELETE FROM inbox WHERE status = 'handled' AND due_at < ?`);

  return {
    async receive({ guid, event, payload, receivedAt }) {
      let taken = false;
      const row = { guid, event, payload: JSON.stringify(payload), receivedAt: Date.parse(receivedAt) };
      await write(() => {
        taken = insert.run(row).changes === 1;
      });
      return taken ? 'new' : 'known';
    },
    knows: (guid) => known.get(guid) === 1,
    due: (now, limit, beside = none) =>
      due
        .all(now.getTime(), beside.size + limit)
        .filter((guid) => !beside.has(guid))
        .slice(0, limit)
        .flatMap((guid) => row.all(guid).map(toDelivery)),
    nextDueAt: (beside = none) => {
      const next = waiting.all(beside.size + 1).find(({ guid }) => !beside.has(guid));
      return next === undefined ? null : new Date(next.due_at);
    },
    handled: (guids, at) =>
      write(() => {
        for (const guid of guids) settle.run({ guid, at: at.getTime() });
      }),
    retryAt: (guid, at, reason) => write(() => void later.run({ guid, at: at.getTime(), reason })),
    park: (guid, reason) => write(() => void setAside.run({ guid, reason })),
    parked: () => aside.all().map(toParked),
    forgetHandledBefore: (time) => write(() => void forget.run(time.getTime())),
  };
}

function toDelivery({ guid, event, payload, received_at, tries }: InboxRow): StoredDelivery {
  return {
    guid,
    event,
    payload: JSON.parse(payload),
    receivedAt: new Date(received_at).toISOString(),
    tries,
  };
}

function toParked({ guid, event, received_at, reason }: InboxRow): ParkedDelivery {
  return { guid, event, receivedAt: new Date(received_at).toISOString(), reason };
}
