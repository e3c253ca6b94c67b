/**
 * An append's key stands on its first event, with how many events there were; `append_keys` is an index of these keys,
 * filled some time after (`log/append-keys.ts`). `earlier_keys` holds the keys of the events that were there before.
 * The generation goes up because a program that knows nothing of this would leave keys out of the index.
 */
export const keysWithEvents = `
ALTER TABLE events ADD COLUMN key BLOB CHECK (length(key) = 16);
ALTER TABLE events ADD COLUMN keyed INTEGER CHECK (keyed > 0);
CREATE TABLE earlier_keys (first INTEGER PRIMARY KEY, key BLOB NOT NULL, count INTEGER NOT NULL) STRICT;
INSERT INTO earlier_keys SELECT first, key, count FROM append_keys;
UPDATE writer SET generation = generation + 1 WHERE generation > 0 OR EXISTS (SELECT 1 FROM events);
`;
