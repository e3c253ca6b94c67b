import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { runUnderTest } from '../../testing/gastown/run-under-test.ts';
import { someThere, twoFiles } from '../../testing/gastown/two-files.ts';
import { userRepository } from '../../testing/git/user-repository.ts';

/** A run takes a few seconds on a machine that has nothing else to do. */
const patience = 180_000;

test(
  'a task becomes a verified pull request beside the work of a person, whose tree and branch stay as they were',
  async () => {
    const run = await runUnderTest(twoFiles, { latencyMs: 50 });
    const person = await userRepository(run.workspace);
    const head = await person.commit('Begin', { 'README.md': 'Mine.\n' });
    const branch = await person.git('symbolic-ref', '--short', 'HEAD');

    const first = run.start('--verify', someThere);
    await first.line(({ event }) => event === 'MayorStarted');
    const second = await run.start('--verify', someThere).ended;
    expect(second).toMatchObject({ code: 3, lines: [] });
    expect(second.said.trim().split('\n')).toHaveLength(1);

    const { code, lines, said } = await first.ended;
    expect(said).toBe('');
    expect(lines.at(-1)).toEqual({
      type: 'summary',
      ok: true,
      convoy: 1,
      beads: 2,
      landed: 2,
      pullRequest: {
        number: 4,
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/overseer\/workspace\/pull\/4$/),
        head: 'gas-town/convoy-1',
        sha: await person.git('rev-parse', 'gas-town/convoy-1'),
      },
      verification: 'passed',
      tokens: expect.any(Number),
      costUsd: 0,
      wallMs: expect.any(Number),
      workspace: run.workspace,
    });
    expect(code).toBe(0);

    expect(await person.git('symbolic-ref', '--short', 'HEAD')).toBe(branch);
    expect(await person.git('rev-parse', 'HEAD')).toBe(head);
    expect(await person.git('status', '--porcelain')).toBe('');
    expect(await person.git('ls-tree', '-r', '--name-only', 'gas-town/convoy-1')).toBe(
      'README.md\nmade-1.txt\nmade-2.txt',
    );
    expect(await person.git('rev-list', '--count', '--merges', 'gas-town/convoy-1')).toBe('2');
    expect(await run.onEngine()).toEqual({ running: [], containers: [], images: [] });

    const database = new DatabaseSync(join(run.workspace, '.gas-town', 'beads.db'), { readOnly: true });
    const rows = database.prepare('SELECT id, title, status, assignee FROM beads').all();
    database.close();
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['1.1', 'Alpha', 'closed', 'polecat:topic 1'],
      ['1.2', 'Beta', 'closed', 'polecat:topic 2'],
    ]);
  },
  patience,
);

test(
  'an interrupted run leaves the workspace clean and nothing running, and the same command goes on',
  async () => {
    const run = await runUnderTest(twoFiles, { latencyMs: 50 });
    const first = run.start('--verify', someThere);
    await first.line(({ event }) => event === 'LeaseGranted');
    first.kill('SIGINT');
    const interrupted = await first.ended;
    expect(interrupted).toMatchObject({ code: 130, signal: null });
    expect(interrupted.lines).toContainEqual({
      type: 'notice',
      text: expect.stringContaining('The same command goes on'),
    });
    expect((await run.onEngine()).running).toEqual([]);
    const person = await userRepository(run.workspace);
    expect(await person.git('status', '--porcelain')).toBe('');

    const { code, lines } = await run.start('--verify', someThere).ended;
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', ok: true, convoy: 1, beads: 2, landed: 2 });
    // It was missing at the start: the result is merged and checked out.
    expect(await readFile(join(run.workspace, 'made-1.txt'), 'utf8')).toBe('made-1.txt\n');
    expect(await person.git('rev-parse', 'HEAD')).toBe(await person.git('rev-parse', 'gas-town/convoy-1'));
    expect(await person.git('ls-files')).not.toContain('.gas-town');
    expect(await person.git('status', '--porcelain')).toBe('');
    expect(await run.onEngine()).toEqual({ running: [], containers: [], images: [] });
  },
  patience,
);

test(
  'a set-up that fails, and a result that nothing verifies, are told by the exit status',
  async () => {
    const run = await runUnderTest(twoFiles);
    const person = await userRepository(run.workspace);
    await person.commit('Begin', { 'README.md': 'Mine.\n' });
    const broken = await run.start('--setup', 'echo no such thing; exit 7').ended;
    expect(broken.lines.at(-1)).toMatchObject({
      type: 'summary',
      ok: false,
      pullRequest: null,
      verification: 'none',
    });
    expect(broken.code).toBe(21);
    expect(await run.onEngine()).toEqual({ running: [], containers: [], images: [] });
    await writeFile(join(run.workspace, 'left.txt'), 'not committed\n');
    const unverified = await run.start('--allow-dirty').ended;
    expect(unverified.lines.at(-1)).toMatchObject({
      ok: false,
      verification: 'none',
      pullRequest: { number: expect.any(Number) },
    });
    expect(unverified.code).toBe(23);
    expect(await person.git('status', '--porcelain')).toBe('?? left.txt');
  },
  patience,
);
