/** Goes up with every change of the tables; migrations.ts tells how to get there. */
export const tablesVersion = 5;

/** What became of deliveries, apart from their payloads: an outcome that is written down rewrites no payload. */
export const deliveryTables = `
CREATE TABLE delivery_queue (delivery_id INTEGER PRIMARY KEY REFERENCES deliveries(id)) STRICT;
CREATE TABLE delivery_outcomes (
  delivery_id INTEGER PRIMARY KEY REFERENCES deliveries(id), url TEXT NOT NULL, delivered_at TEXT NOT NULL, status_code INTEGER NOT NULL,
  status TEXT NOT NULL, duration REAL NOT NULL, request_headers TEXT NOT NULL, response_headers TEXT NOT NULL, response_body TEXT NOT NULL
) STRICT;
CREATE VIEW delivery_log AS SELECT d.id, guid, event, action, repository_id, installation_id, payload, redelivery, url,
  CASE WHEN o.delivery_id IS NULL THEN 'queued' ELSE 'done' END AS state, coalesce(delivered_at, queued_at) AS delivered_at,
  coalesce(status_code, 0) AS status_code, coalesce(status, '') AS status, coalesce(duration, 0) AS duration,
  coalesce(request_headers, '{}') AS request_headers, coalesce(response_headers, '{}') AS response_headers, coalesce(response_body, '') AS response_body
  FROM deliveries d LEFT JOIN delivery_outcomes o ON o.delivery_id = d.id;`;

/** An App has a suite of its own on each commit; its bot names it. */
export const checkSuites = `CREATE TABLE check_suites (
  id INTEGER PRIMARY KEY AUTOINCREMENT, repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE,
  head_sha TEXT NOT NULL, bot_id INTEGER NOT NULL REFERENCES users(id), created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  UNIQUE (repository_id, head_sha, bot_id)
) STRICT;`;

/** What the stand-in for Actions works on: the jobs of runs, and the events that no run was looked for yet. */
export const actionsTables = `CREATE TABLE workflow_jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, run_id INTEGER NOT NULL REFERENCES workflow_runs(id) ON DELETE CASCADE, key TEXT NOT NULL,
  name TEXT NOT NULL, status TEXT NOT NULL, conclusion TEXT, labels TEXT NOT NULL, concurrency TEXT, runner TEXT,
  outputs TEXT NOT NULL DEFAULT '{}', steps TEXT NOT NULL DEFAULT '[]', log TEXT NOT NULL DEFAULT '', summary TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL, started_at TEXT, completed_at TEXT
) STRICT;
CREATE INDEX workflow_jobs_by_run ON workflow_jobs (run_id, id);
CREATE INDEX workflow_jobs_open ON workflow_jobs (status) WHERE status <> 'completed';
CREATE INDEX workflow_runs_open ON workflow_runs (status) WHERE status <> 'completed';
CREATE TABLE workflow_triggers (
  id INTEGER PRIMARY KEY AUTOINCREMENT, repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, event TEXT NOT NULL,
  payload TEXT NOT NULL, user_id INTEGER NOT NULL
) STRICT;`;

/** Which attempt of its run a job belongs to. */
export const jobAttempts = 'ALTER TABLE workflow_jobs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;';

/** Whether a repository lets pull requests merge by themselves, and those that are to. */
export const autoMerge = `ALTER TABLE repositories ADD COLUMN allow_auto_merge INTEGER NOT NULL DEFAULT 0;
CREATE TABLE auto_merges (
  issue_id INTEGER PRIMARY KEY REFERENCES issues(id) ON DELETE CASCADE, user_id INTEGER NOT NULL, method TEXT NOT NULL, title TEXT NOT NULL,
  message TEXT NOT NULL, enabled_at TEXT NOT NULL
) STRICT;`;

/** The tables of a forge. Times are ISO 8601 to the second in UTC, as GitHub writes them. */
export const tables = `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL UNIQUE COLLATE NOCASE, type TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE TABLE tokens (
  token TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), installation_id INTEGER, permissions TEXT,
  repository_ids TEXT, expires_at TEXT, revoked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE installations (
  id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES users(id), created_at TEXT NOT NULL, suspended_at TEXT, suspended_by INTEGER
) STRICT;
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER NOT NULL REFERENCES users(id), name TEXT NOT NULL COLLATE NOCASE,
  private INTEGER NOT NULL, default_branch TEXT NOT NULL, description TEXT, archived INTEGER NOT NULL DEFAULT 0,
  last_number INTEGER NOT NULL DEFAULT 0, open_issues INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, pushed_at TEXT NOT NULL,
  UNIQUE (owner_id, name)
) STRICT;
CREATE TABLE repository_redirects (
  owner TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE, repository_id INTEGER NOT NULL, PRIMARY KEY (owner, name)
) STRICT;
CREATE TABLE collaborators (
  repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, user_id INTEGER NOT NULL, level TEXT NOT NULL,
  PRIMARY KEY (repository_id, user_id)
) STRICT;
CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT, repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, is_pull INTEGER NOT NULL, title TEXT NOT NULL, body TEXT, state TEXT NOT NULL, state_reason TEXT,
  user_id INTEGER NOT NULL, via_app INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0, lock_reason TEXT, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL, closed_at TEXT, closed_by INTEGER, comments INTEGER NOT NULL DEFAULT 0,
  parent_id INTEGER REFERENCES issues(id) ON DELETE SET NULL, parent_position REAL, UNIQUE (repository_id, number)
) STRICT;
CREATE INDEX issues_by_state ON issues (repository_id, state, created_at, number);
CREATE INDEX issues_by_parent ON issues (parent_id, parent_position);
CREATE TRIGGER issue_opened AFTER INSERT ON issues WHEN new.state = 'open' BEGIN
  UPDATE repositories SET open_issues = open_issues + 1 WHERE id = new.repository_id;
END;
CREATE TRIGGER issue_state AFTER UPDATE OF state ON issues WHEN new.state <> old.state BEGIN
  UPDATE repositories SET open_issues = open_issues + (CASE new.state WHEN 'open' THEN 1 ELSE -1 END) WHERE id = new.repository_id;
END;
CREATE TABLE labels (
  id INTEGER PRIMARY KEY AUTOINCREMENT, repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE, color TEXT NOT NULL, description TEXT, is_default INTEGER NOT NULL, UNIQUE (repository_id, name)
) STRICT;
CREATE TABLE issue_labels (
  issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE, label_id INTEGER NOT NULL REFERENCES labels(id) ON DELETE CASCADE,
  PRIMARY KEY (issue_id, label_id)
) STRICT;
CREATE INDEX issue_labels_by_label ON issue_labels (label_id);
CREATE TABLE assignees (
  issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE, user_id INTEGER NOT NULL, PRIMARY KEY (issue_id, user_id)
) STRICT;
CREATE TABLE comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE, user_id INTEGER NOT NULL,
  via_app INTEGER NOT NULL, body TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX comments_by_issue ON comments (issue_id, id);
CREATE TABLE reactions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, subject_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
  content TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE (subject, subject_id, user_id, content)
) STRICT;
CREATE TABLE dependencies (
  issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE, blocked_by_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE,
  PRIMARY KEY (issue_id, blocked_by_id)
) STRICT;
CREATE INDEX dependencies_by_blocker ON dependencies (blocked_by_id);
CREATE TABLE pulls (
  issue_id INTEGER PRIMARY KEY REFERENCES issues(id) ON DELETE CASCADE, head_ref TEXT NOT NULL, head_sha TEXT NOT NULL,
  base_ref TEXT NOT NULL, base_sha TEXT NOT NULL, draft INTEGER NOT NULL, maintainer_can_modify INTEGER NOT NULL,
  merged_at TEXT, merged_by INTEGER, merge_commit_sha TEXT,
  additions INTEGER NOT NULL, deletions INTEGER NOT NULL, changed_files INTEGER NOT NULL, commits INTEGER NOT NULL
) STRICT;
CREATE TABLE requested_reviewers (
  issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE, user_id INTEGER NOT NULL, PRIMARY KEY (issue_id, user_id)
) STRICT;
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE, user_id INTEGER NOT NULL,
  state TEXT NOT NULL, body TEXT NOT NULL, commit_id TEXT NOT NULL, submitted_at TEXT
) STRICT;
CREATE TABLE review_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id INTEGER NOT NULL REFERENCES issues(id) ON DELETE CASCADE,
  review_id INTEGER NOT NULL REFERENCES reviews(id) ON DELETE CASCADE, user_id INTEGER NOT NULL, body TEXT NOT NULL, path TEXT NOT NULL,
  commit_id TEXT NOT NULL, diff_hunk TEXT NOT NULL, position INTEGER NOT NULL, line INTEGER, side TEXT NOT NULL, start_line INTEGER,
  start_side TEXT, subject_type TEXT NOT NULL, in_reply_to INTEGER, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX review_comments_by_issue ON review_comments (issue_id, id);
${checkSuites}
CREATE TABLE check_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, suite_id INTEGER NOT NULL REFERENCES check_suites(id) ON DELETE CASCADE, name TEXT NOT NULL,
  status TEXT NOT NULL, conclusion TEXT, started_at TEXT, completed_at TEXT, external_id TEXT NOT NULL, details_url TEXT,
  title TEXT, summary TEXT, text TEXT, annotations TEXT NOT NULL DEFAULT '[]', actions TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX check_runs_by_suite ON check_runs (suite_id, id);
CREATE TABLE statuses (
  id INTEGER PRIMARY KEY AUTOINCREMENT, repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, sha TEXT NOT NULL,
  state TEXT NOT NULL, context TEXT NOT NULL, description TEXT, target_url TEXT, user_id INTEGER NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX statuses_by_sha ON statuses (repository_id, sha, id);
CREATE TABLE workflows (
  id INTEGER PRIMARY KEY AUTOINCREMENT, repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE,
  path TEXT NOT NULL, created_at TEXT NOT NULL, name TEXT NOT NULL DEFAULT '', UNIQUE (repository_id, path)
) STRICT;
CREATE TABLE workflow_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, workflow_id INTEGER NOT NULL REFERENCES workflows(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, event TEXT NOT NULL, status TEXT NOT NULL, conclusion TEXT, head_branch TEXT NOT NULL, head_sha TEXT NOT NULL,
  user_id INTEGER NOT NULL, inputs TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '', ref TEXT NOT NULL DEFAULT '', payload TEXT NOT NULL DEFAULT '{}',
  workflow_sha TEXT NOT NULL DEFAULT '', cancelled INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 1
) STRICT;
${actionsTables}
${jobAttempts}
CREATE TABLE protections (
  repository_id INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, branch TEXT NOT NULL, rules TEXT NOT NULL,
  PRIMARY KEY (repository_id, branch)
) STRICT;
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL, event TEXT NOT NULL, action TEXT, repository_id INTEGER,
  installation_id INTEGER, payload TEXT NOT NULL, redelivery INTEGER NOT NULL DEFAULT 0, queued_at TEXT NOT NULL
) STRICT;
${deliveryTables}
${autoMerge}
`;

/** Where each table's ids start, so that no id equals a number or another table's id by chance. */
export const firstIds: Readonly<Record<string, number>> = {
  users: 5_000_000,
  repositories: 80_000_000,
  issues: 200_000_000,
  labels: 300_000_000,
  comments: 400_000_000,
  reactions: 50_000_000,
  reviews: 600_000_000,
  review_comments: 700_000_000,
  check_suites: 810_000_000,
  check_runs: 820_000_000,
  statuses: 830_000_000,
  workflows: 850_000_000,
  workflow_runs: 860_000_000,
  workflow_jobs: 870_000_000,
  deliveries: 900_000_000,
};
