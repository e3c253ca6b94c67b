/** Deliveries from GitHub: a work list beside the log. */
export const inbox = `
CREATE TABLE inbox (
  guid TEXT PRIMARY KEY,
  event TEXT NOT NULL,
  payload TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('due', 'handled', 'parked')),
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX inbox_due ON inbox (due_at, received_at) WHERE status = 'due';
`;
