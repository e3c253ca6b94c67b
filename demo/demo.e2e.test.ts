import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import Dockerode from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../src/faces/cli/view/run-summary.ts';
import { testEngine } from '../src/testing/engine.ts';
import { lookAtDashboard } from './dashboard-pictures.ts';
import { runProgram } from './scenarios/run-program.ts';

const demo = fileURLToPath(new URL('./run.ts', import.meta.url));
const minutes = 60_000;

interface Line {
  readonly type: string;
  readonly event?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Shown {
  readonly status: number;
  readonly prose: string;
  readonly events: readonly Line[];
  readonly summary: RunSummary;
}

async function show(workspace: string, ...args: readonly string[]): Promise<Shown> {
  const child = spawn(process.execPath, [demo, '--json', '--workspace', workspace, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, prose, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  if (out.trim() === '') throw new Error(`The demo ended with status ${status} and said only: ${prose}`);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { status, prose, events: lines.filter(({ type }) => type === 'event'), summary: lines.at(-1) };
}

const named = (shown: Shown, event: string): readonly Line[] =>
  shown.events.filter((line) => line.event === event);

const git = async (workspace: string, ...args: readonly string[]): Promise<string> =>
  (await runProgram('git', args, workspace)).trim();

/** Subjects of the convoy branch's own commits, newest first. */
async function landings(workspace: string): Promise<readonly string[]> {
  const log = await git(workspace, 'log', '--first-parent', '--merges', '--format=%s', 'gas-town/convoy-1');
  return log.split('\n');
}

async function containersOf(workspace: string): Promise<number> {
  const folder = join(workspace, '.gas-town');
  const town = `workspace-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const docker = new Dockerode(await testEngine());
  const filters = { label: [`gas-town.town=${town}`] };
  return (await docker.listContainers({ all: true, filters })).length;
}

describe.each([
  { scenario: 'rate-limiter', conflicts: 0, returned: 0 },
  { scenario: 'minimist', conflicts: 1, returned: 0 },
])('the demo of $scenario', ({ scenario, conflicts, returned }) => {
  let workspace = '';
  let shown: Shown;
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), `gas-town-e2e-${scenario}-`));
    shown = await show(workspace, '--scenario', scenario);
  }, 10 * minutes);
  afterAll(() => rm(workspace, { recursive: true }));

  it('ends with an open pull request whose verification passed', async () => {
    expect(shown.prose).toContain('scripted');
    expect(shown.summary).toMatchObject({
      type: 'summary',
      ok: true,
      convoy: 1,
      beads: 5,
      landed: 5,
      verification: 'passed',
      workspace,
      pullRequest: { head: 'gas-town/convoy-1', sha: await git(workspace, 'rev-parse', 'gas-town/convoy-1') },
    });
    expect(shown.summary.tokens).toBeGreaterThan(0);
    expect(shown.status).toBe(0);
  });

  it('has one merge commit for each bead', async () => {
    expect(await landings(workspace)).toHaveLength(5);
  });

  it(`met merge conflicts of ${conflicts} beads, and nothing had to be done again`, () => {
    // A conflict is met anew on a head that clean merges have moved; whether they do depends on which bead closes first.
    const met = new Set(named(shown, 'MergeConflicted').map(({ data }) => data?.bead));
    expect(met.size).toBe(conflicts);
    expect(named(shown, 'BeadReturned')).toHaveLength(returned);
    expect(named(shown, 'BeadReleased')).toHaveLength(0);
  });

  it('says where to look', () => {
    expect(shown.prose).toContain(`git -C ${workspace} log --graph --oneline gas-town/convoy-1`);
    expect(shown.prose).toContain('SELECT id, title, status, assignee FROM beads');
  });

  it('is shown on the dashboard, bead by bead', async () => {
    const page = await lookAtDashboard(workspace);
    expect(page).toContain('5 of 5 landed');
    expect(page).toContain('opened pull request #');
  });

  it('leaves no container behind and the workspace clean', async () => {
    expect(await containersOf(workspace)).toBe(0);
    expect(await git(workspace, 'status', '--porcelain')).toBe('');
  });

  it('checks the result out only where the workspace was empty', async () => {
    const files = await readdir(workspace);
    const head = await git(workspace, 'rev-parse', 'HEAD');
    const branch = await git(workspace, 'rev-parse', 'gas-town/convoy-1');
    expect(head === branch).toBe(scenario === 'rate-limiter');
    expect(files.includes('rate_limiter')).toBe(scenario === 'rate-limiter');
  });
});
