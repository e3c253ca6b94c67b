// E: Emmett's SQLite store as it is fastest, one shared connection, with an inline projection that does the same upsert.
// A process of its own: two SQLite libraries in one process break each other's locks.
import {
  getSQLiteEventStore,
  SQLiteConnectionPool,
  sqliteConnection,
  sqliteRawSQLProjection,
} from '@event-driven-io/emmett-sqlite';

const { path, synchronous, batch, seconds, streams } = JSON.parse(process.argv[2]);
const connection = sqliteConnection({ fileName: path });
for (const pragma of [
  'journal_mode = WAL',
  `synchronous = ${synchronous}`,
  'cache_size = -16384',
  'busy_timeout = 5000',
]) {
  await connection.query(`PRAGMA ${pragma}`);
}
await connection.command(
  'CREATE TABLE board (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, last TEXT NOT NULL)',
);
const board = sqliteRawSQLProjection({
  canHandle: ['EffectIntended'],
  evolve: (event) =>
    `INSERT INTO board VALUES ('${event.metadata.streamName}', 1, '${new Date().toISOString()}')
     ON CONFLICT (stream) DO UPDATE SET events = events + 1, last = excluded.last`,
});
const store = getSQLiteEventStore({
  fileName: path,
  projections: [{ type: 'inline', projection: board }],
  pool: SQLiteConnectionPool({ fileName: path, connectionOptions: { singleton: true, connection } }),
});
await store.schema.migrate();

const effectIntended = () => {
  const data = { effect: crypto.randomUUID(), kind: 'reply', subject: 'octo/rig#12' };
  const empty = JSON.stringify({ ...data, detail: '' }).length;
  return { type: 'EffectIntended', data: { ...data, detail: 'x'.repeat(300 - empty) } };
};
const versions = new Map();
let commands = 0;
const append = async () => {
  commands += 1;
  const stream = `convoy/1/${1 + (commands % streams)}`;
  const expected = versions.get(stream);
  const options = expected === undefined ? {} : { expectedStreamVersion: expected };
  const result = await store.appendToStream(stream, Array.from({ length: batch }, effectIntended), options);
  versions.set(stream, result.nextExpectedStreamVersion);
};
const warm = performance.now() + 500;
while (performance.now() < warm) await append();
const first = commands;
const began = performance.now();
while (performance.now() < began + seconds * 1_000) await append();
const rate = ((commands - first) * batch) / ((performance.now() - began) / 1_000);
const stored = await connection.querySingle('SELECT count(*) AS n FROM emt_messages');
if (stored.n !== commands * batch) throw new Error(`${stored.n} of ${commands * batch} events are stored`);
connection.close();
process.stdout.write(`${JSON.stringify(rate)}\n`);
