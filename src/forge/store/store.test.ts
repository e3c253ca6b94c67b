import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Store, StoreVersionError } from './store.ts';
import { tables, tablesVersion } from './tables.ts';
import { tables2 } from './tables-2.fixture.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forge-store-'));
  file = path.join(folder, 'forge.db');
});

afterEach(() => rm(folder, { recursive: true }));

const columns = (database: Database.Database) =>
  database
    .prepare<[], { name: string; column: string }>(
      `SELECT m.name, c.name AS "column" FROM sqlite_schema m, pragma_table_info(m.name) c ORDER BY 1, 2`,
    )
    .all();

test('a store of the version before is brought up, with what was in it, to the tables of a new one', () => {
  const old = new Database(file);
  old.exec(tables2);
  old.exec(`
    INSERT INTO settings VALUES ('identity', '{"botUserId":5}');
    INSERT INTO users VALUES (5, 'gas-town[bot]', 'Bot', 'x'), (6, 'acme', 'User', 'x');
    INSERT INTO repositories (id, owner_id, name, private, default_branch, created_at, updated_at, pushed_at)
      VALUES (7, 6, 'widgets', 0, 'main', 'x', 'x', 'x');
    INSERT INTO check_suites VALUES (8, 7, 'abc', 'x', 'x');
    INSERT INTO check_runs (id, suite_id, name, status, external_id) VALUES (9, 8, 'verify', 'queued', '');
    INSERT INTO deliveries (guid, event, payload, state, delivered_at, status_code) VALUES
      ('a', 'push', '{}', 'done', '2026-01-01', 200), ('b', 'push', '{}', 'queued', '2026-01-02', 0);`);
  old.pragma('user_version = 2');
  old.close();

  const store = new Store(file);
  expect(store.all('SELECT guid, state, status_code, delivered_at FROM delivery_log ORDER BY id')).toEqual([
    { guid: 'a', state: 'done', status_code: 200, delivered_at: '2026-01-01' },
    { guid: 'b', state: 'queued', status_code: 0, delivered_at: '2026-01-02' },
  ]);
  expect(store.count('SELECT count(*) FROM delivery_queue')).toBe(1);
  expect(store.one('SELECT bot_id FROM check_suites WHERE id = 8')).toEqual({ bot_id: 5 });
  expect(store.count('SELECT count(*) FROM check_runs WHERE suite_id = 8')).toBe(1);
  store.run('DELETE FROM check_suites WHERE id = 8');
  expect(store.count('SELECT count(*) FROM check_runs')).toBe(0);
  store.close();
  const [migrated, fresh] = [new Database(file), new Database(':memory:')];
  fresh.exec(tables);
  expect(columns(migrated)).toEqual(columns(fresh));
  expect(migrated.pragma('user_version', { simple: true })).toBe(tablesVersion);
  expect(migrated.pragma('foreign_key_check')).toEqual([]);
  migrated.close();
  fresh.close();
});

test.each([1, tablesVersion + 1])(
  'a store of version %i is refused by its name and left as it is',
  (version) => {
    const other = new Database(file);
    other.exec('CREATE TABLE settings (key TEXT)');
    other.pragma(`user_version = ${version}`);
    other.close();
    expect(() => new Store(file)).toThrow(StoreVersionError);
    const after = new Database(file);
    expect(after.pragma('user_version', { simple: true })).toBe(version);
    expect(columns(after)).toHaveLength(1);
    after.close();
  },
);
