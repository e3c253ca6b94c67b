import type { Database } from 'better-sqlite3';

interface Board {
  id: string;
  title: string;
  status: string;
  assignee: string;
  notes: string;
  convoy: string;
  number: number;
  description: string;
  acceptance: string;
  needs: string;
  attempts: number;
  outcome: string;
  commit: string;
  landed: number;
  updated: string;
}

/**
 * R of the rebuild: the fold that one would write by hand for this one board. Pages of 5,000 rows, JSON.parse, a Map of all
 * rows, each written once; no check of a shape, no upcast, memory as large as the board.
 */
export function foldByHand(db: Database): void {
  const rows = new Map<string, Board>();
  const page = db
    .prepare<[number], [number, string, string, number, string]>(
      `SELECT e.position, s.name, t.name, e.at, e.data FROM events e JOIN streams s USING (sid)
       JOIN event_types t USING (tid) WHERE e.position > ? ORDER BY e.position LIMIT 5000`,
    )
    .raw();
  for (let some = page.all(0); some.length > 0; some = page.all(some.at(-1)?.[0] ?? 0)) {
    for (const [, convoy, type, at, text] of some) handle(rows, convoy, type, at, text);
  }
  db.exec('DELETE FROM beads');
  const insert = db.prepare(
    `INSERT INTO beads (id, title, status, assignee, notes, convoy, number, description, acceptance, needs, attempts,
       outcome, "commit", landed, updated)
     VALUES (@id, @title, @status, @assignee, @notes, @convoy, @number, @description, @acceptance, @needs, @attempts,
       @outcome, @commit, @landed, @updated)`,
  );
  for (const row of rows.values()) insert.run(row);
}

function handle(rows: Map<string, Board>, convoy: string, type: string, at: number, text: string): void {
  const data = JSON.parse(text);
  if (data.bead === undefined) return;
  const key = `${convoy}#${data.bead}`;
  const updated = new Date(at).toISOString();
  if (type === 'BeadCreated') {
    const { title, description, acceptance, bead: number } = data;
    const id = `${convoy.slice(convoy.lastIndexOf('/') + 1)}.${number}`;
    const empty = { assignee: '', notes: '', needs: '', attempts: 0, outcome: '', commit: '', landed: 0 };
    rows.set(key, { id, convoy, number, title, description, acceptance, status: 'open', ...empty, updated });
    return;
  }
  const row = rows.get(key);
  if (row === undefined) return;
  row.updated = updated;
  if (type === 'BeadSlung') row.assignee = `polecat:${data.topic}`;
  else if (type === 'LeaseGranted') {
    row.status = 'in_progress';
    row.attempts = data.attempt;
  } else if (type === 'BeadNoted') row.notes = row.notes === '' ? data.note : `${row.notes}\n${data.note}`;
  else if (type === 'BeadBlocked') row.status = 'blocked';
  else if (type === 'BeadUnblocked') row.status = 'open';
  else if (type === 'BeadClosed') {
    row.status = 'closed';
    row.outcome = data.outcome.kind;
    row.commit = data.outcome.commit ?? '';
  } else if (type === 'BeadLanded') row.landed = 1;
}
