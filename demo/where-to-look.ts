import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './scenarios/run-program.ts';

/** From where the demo was started. */
const gastown = relative(process.cwd(), fileURLToPath(new URL('../bin/gastown', import.meta.url)));

/** Commands that show what a run left behind; those only that have something to show. */
export async function whereToLook(workspace: string): Promise<readonly string[]> {
  const ledger = join(workspace, '.gas-town', 'beads.db');
  const branches = existsSync(join(workspace, '.git')) ? await convoyBranches(workspace) : [];
  const quoted = quote(workspace);
  return [
    ...branches.map((branch) => `git -C ${quoted} log --graph --oneline ${branch}`),
    ...(existsSync(ledger)
      ? [
          `sqlite3 ${quote(ledger)} "SELECT id, title, status, assignee FROM beads"`,
          `sqlite3 ${quote(ledger)} "SELECT position, at, actor, type FROM event_log"`,
          `${gastown} log --sessions --workspace ${quoted}`,
          `${gastown} forge --workspace ${quoted}   # the pages of the pull request and the issues, until Ctrl-C`,
        ]
      : []),
  ];
}

async function convoyBranches(workspace: string): Promise<readonly string[]> {
  const refs = ['for-each-ref', '--format=%(refname:short)', 'refs/heads/gas-town'];
  const listed = await runProgram('git', refs, workspace);
  return listed.split('\n').filter((name) => name !== '');
}

/** A path as a shell takes it. */
const quote = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
