import { actionsTables, autoMerge, checkSuites, deliveryTables, firstIds, jobAttempts } from './tables.ts';

/**
 * How a store of version N becomes one of N + 1, with foreign keys off. Versions that are not here can't be opened any more.
 */
export const migrations: ReadonlyMap<number, string> = new Map([
  [
    2,
    `${deliveryTables.replace(/CREATE VIEW[^;]*;/, '')}
     INSERT INTO delivery_queue SELECT id FROM deliveries WHERE state = 'queued';
     INSERT INTO delivery_outcomes SELECT id, coalesce(url, ''), delivered_at, status_code, status, duration, request_headers,
       response_headers, response_body FROM deliveries WHERE state = 'done';
     DROP INDEX deliveries_waiting;
     ALTER TABLE deliveries RENAME COLUMN delivered_at TO queued_at;
     ${[
       'url',
       'state',
       'status_code',
       'status',
       'duration',
       'request_headers',
       'response_headers',
       'response_body',
     ]
       .map((column) => `ALTER TABLE deliveries DROP COLUMN ${column};`)
       .join('\n')}
     ${/CREATE VIEW[^;]*;/.exec(deliveryTables)?.[0] ?? ''}
     ALTER TABLE check_suites RENAME TO check_suites_2;
     ${checkSuites}
     INSERT INTO check_suites SELECT id, repository_id, head_sha,
       (SELECT json_extract(value, '$.botUserId') FROM settings WHERE key = 'identity'), created_at, updated_at FROM check_suites_2;
     DROP TABLE check_suites_2;
     ALTER TABLE workflow_runs ADD COLUMN title TEXT NOT NULL DEFAULT '';
     ALTER TABLE workflow_runs ADD COLUMN payload TEXT NOT NULL DEFAULT '{}';
     ALTER TABLE workflow_runs ADD COLUMN ref TEXT NOT NULL DEFAULT '';
     ALTER TABLE workflow_runs ADD COLUMN workflow_sha TEXT NOT NULL DEFAULT '';
     ALTER TABLE workflow_runs ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE workflows ADD COLUMN name TEXT NOT NULL DEFAULT '';
     ${actionsTables}
     INSERT INTO sqlite_sequence (name, seq) VALUES ('workflow_jobs', ${firstIds.workflow_jobs});`,
  ],
  [3, `ALTER TABLE workflow_runs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1; ${jobAttempts}`],
  [4, autoMerge],
]);
