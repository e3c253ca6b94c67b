/** The log, its dictionaries, and the work lists beside it. A migration is never edited once it is released. */
export const eventLog = `
CREATE TABLE migrations (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE TABLE streams (sid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event_types (
  tid INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (name, version)
) STRICT;
CREATE TABLE actors (aid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  sid INTEGER NOT NULL,
  version INTEGER NOT NULL,
  tid INTEGER NOT NULL,
  aid INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  cause ANY NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  data TEXT NOT NULL,
  UNIQUE (sid, version)
) STRICT;

CREATE TRIGGER events_take_only_the_next BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT ifnull(max(position), 0) + 1 FROM events)
  OR NEW.version IS NOT (SELECT ifnull(max(version), 0) + 1 FROM events WHERE sid = NEW.sid)
BEGIN SELECT RAISE(ABORT, 'an event must be the next of the log and of its stream'); END;
CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER streams_are_not_updated BEFORE UPDATE ON streams
BEGIN SELECT RAISE(ABORT, 'stream names are append-only'); END;
CREATE TRIGGER streams_are_not_deleted BEFORE DELETE ON streams
BEGIN SELECT RAISE(ABORT, 'stream names are append-only'); END;
CREATE TRIGGER event_types_are_not_updated BEFORE UPDATE ON event_types
BEGIN SELECT RAISE(ABORT, 'event types are append-only'); END;
CREATE TRIGGER event_types_are_not_deleted BEFORE DELETE ON event_types
BEGIN SELECT RAISE(ABORT, 'event types are append-only'); END;
CREATE TRIGGER actors_are_not_updated BEFORE UPDATE ON actors
BEGIN SELECT RAISE(ABORT, 'actors are append-only'); END;
CREATE TRIGGER actors_are_not_deleted BEFORE DELETE ON actors
BEGIN SELECT RAISE(ABORT, 'actors are append-only'); END;

CREATE TABLE append_keys (
  key BLOB PRIMARY KEY CHECK (length(key) = 16), first INTEGER NOT NULL, count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contents (
  cid INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  size INTEGER NOT NULL,
  encoding TEXT NOT NULL CHECK (encoding IN ('raw', 'deflate')),
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER contents_are_not_updated BEFORE UPDATE ON contents
BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;
CREATE TRIGGER contents_are_not_deleted BEFORE DELETE ON contents
BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;

CREATE TABLE snapshots (
  sid INTEGER NOT NULL,
  fold TEXT NOT NULL,
  fold_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  stream_hash BLOB NOT NULL,
  state BLOB NOT NULL,
  state_hash BLOB NOT NULL,
  PRIMARY KEY (sid, fold)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE projections (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('live', 'rebuilding'))
) STRICT, WITHOUT ROWID;

CREATE TABLE writer (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  holder TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;
INSERT INTO writer VALUES (1, 0, '', '');

CREATE VIEW event_log AS
SELECT e.position, s.name AS stream, e.version, t.name AS type, t.version AS type_version, a.name AS actor,
  CASE typeof(e.cause) WHEN 'blob' THEN lower(hex(e.cause)) ELSE e.cause END AS cause,
  strftime('%Y-%m-%dT%H:%M:%fZ', e.at / 1000.0, 'unixepoch') AS at,
  lower(hex(e.id)) AS id, lower(hex(e.hash)) AS hash, e.data
FROM events e JOIN streams s USING (sid) JOIN event_types t USING (tid) JOIN actors a USING (aid);
`;
