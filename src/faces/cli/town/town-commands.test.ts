import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { writeLedger } from '../../../testing/events/write-ledger.ts';
import { noActions } from '../../../testing/no-actions.ts';
import { exitStatus } from '../exit-status.ts';
import { runCommandLine } from '../run-command-line.ts';

let workspace = '';

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'gas-town-commands-'));
  await mkdir(join(workspace, '.gas-town'));
  await writeLedger(join(workspace, '.gas-town', 'beads.db'), smallConvoy);
});
afterAll(() => rm(workspace, { recursive: true }));

async function gastown(args: readonly string[], cwd = workspace) {
  let out = '';
  let error = '';
  const status = await runCommandLine(noActions, {
    args,
    cwd,
    version: '1.2.3',
    writeOut: (text) => {
      out += text;
    },
    writeError: (text) => {
      error += text;
    },
  });
  return { status, out, error };
}

async function json(...args: readonly string[]): Promise<Record<string, unknown>[]> {
  const { status, out, error } = await gastown([...args, '--json']);
  expect([status, error]).toEqual([0, '']);
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('gastown status', () => {
  it('says where each convoy stands', async () => {
    const { out } = await gastown(['status']);
    expect(out.split('\n')).toEqual([
      '#1 Build a thing',
      '  status        in review',
      '  beads         1 of 2 landed',
      '  pull request  #4 http://127.0.0.1:1/ada/thing/pull/4',
      '  verification  passed',
      '  spent         2,400 tokens, $0.2500',
      '',
    ]);
  });

  it('says the same to programs', async () => {
    expect(await json('status')).toMatchObject([
      {
        convoy: 1,
        repository: 'ada/thing',
        beads: 2,
        landed: 1,
        status: 'in review',
        tokens: 2400,
        costUsd: 0.25,
      },
    ]);
  });
});

describe('gastown beads', () => {
  it('lists each bead with what is derived from its status', async () => {
    const { out } = await gastown(['beads']);
    expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['id', 'title', 'status', 'assignee', 'needs'],
      ['1.1', 'Lay the ground', 'landed', 'polecat:first part'],
      ['1.2', 'Build on it', 'next in line', 'polecat:second part', '1.1'],
      [''],
    ]);
  });

  it('gives programs the stored status too', async () => {
    const [first, second] = await json('beads', '--convoy', '1');
    expect(first).toMatchObject({ id: '1.1', status: 'closed', landed: true, ready: false, attempts: 1 });
    expect(second).toMatchObject({ id: '1.2', status: 'open', landed: false, ready: true, needs: ['1.1'] });
  });
});

describe('gastown show', () => {
  it.each(['1', '1.1', '#1.1'])('finds bead %s', async (bead) => {
    const { out } = await gastown(['show', bead]);
    expect(out).toContain('1.1 Lay the ground');
    expect(out).toContain(`commit ${'b'.repeat(40)}, 3 files`);
    expect(out).toContain('2,400 tokens, $0.2500');
  });

  it.each(['9', '2.1', 'x', '1.'])('says which beads there are when there is no %s', async (bead) => {
    const { status, error } = await gastown(['show', bead]);
    expect(status).toBe(exitStatus.notFound.code);
    expect(error).toBe(`gastown: There is no bead ${bead}: there are 1.1, 1.2.\n`);
  });
});

describe('gastown log', () => {
  it('tells what happened to the convoy, with --sessions also what agents said', async () => {
    const { out } = await gastown(['log']);
    expect(out).toContain('opened convoy #1: Build a thing');
    expect(out).toContain('opened pull request #4');
    expect(out).not.toContain('Two beads.');
    const { out: more } = await gastown(['log', '--sessions']);
    expect(more).toMatch(/mayor +says\n +\| Two beads\.\n +\| The second needs the first\.\n/);
  });

  it('gives programs every event as the ledger has it', async () => {
    const events = await json('log', '--sessions');
    expect(events.map(({ type, data }) => [type, data])).toEqual(
      smallConvoy.map(({ type, data }) => [type, data]),
    );
  });
});

describe('gastown log --egress', () => {
  it('tells who asked the network for what, and the answer', async () => {
    expect((await gastown(['log', '--egress'])).out).toBe(
      'No container has asked the network for anything.\n',
    );
    const asked = { at: '2030-01-01T00:00:05.000Z', convoy: 'convoy/7/1', by: 'agents', port: 443 };
    const lines = [
      { ...asked, by: 'setup', host: 'registry.npmjs.org', refused: null },
      { ...asked, host: 'evil.example\u001b[2J', refused: 'not on the allow-list' },
      { ...asked, convoy: 'convoy/7/2', host: 'another.example', refused: null },
    ];
    const file = join(workspace, '.gas-town', 'egress.jsonl');
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect((await gastown(['log', '--egress', '--convoy', '1'])).out.split('\n')).toEqual([
      'time      convoy  by      host                    answer',
      '00:00:05  #1      setup   registry.npmjs.org:443  let through',
      '00:00:05  #1      agents  evil.example:443        refused: not on the allow-list',
      '',
    ]);
    expect(await json('log', '--egress')).toEqual(lines.slice(0, 2));
  });

  it('is one thing, the sessions another', async () => {
    const { status, error } = await gastown(['log', '--egress', '--sessions']);
    expect([status, error]).toEqual([exitStatus.usage.code, expect.stringContaining('cannot be used with')]);
  });
});

describe('gastown cost', () => {
  it('sums up what was spent, by role, bead or model', async () => {
    const spent = { sessions: 1, inputTokens: 2000, outputTokens: 400, costUsd: 0.25 };
    expect(await json('cost')).toEqual([{ role: 'polecat', ...spent }]);
    expect(await json('cost', '--by', 'bead')).toEqual([{ bead: '1.1', ...spent }]);
    expect(await json('cost', '--by', 'model', '--convoy', '1')).toEqual([{ model: 'small', ...spent }]);
    const { out } = await gastown(['cost']);
    expect(out).toMatch(/^total +1 +2,000 +400 +\$0\.2500$/m);
  });
});

describe('gastown why', () => {
  it('tells how a bead came to be as it is', async () => {
    const { status, out } = await gastown(['why', '1.2']);
    expect(status).toBe(0);
    expect(out).toContain('created bead 2: Build on it');
  });
});

describe('where there is nothing to tell', () => {
  it.each([['status'], ['beads'], ['show', '1'], ['log'], ['cost']])(
    '%s says that there is no town',
    async (...args) => {
      const { status, out, error } = await gastown([...args, '--workspace', '/nowhere'], '/');
      expect([status, out]).toEqual([exitStatus.notFound.code, '']);
      expect(error).toMatch(/^gastown: There is no town in \/nowhere yet: [^\n]+\n$/);
    },
  );

  it.each([['beads'], ['log'], ['cost']])('%s says that there is no such convoy', async (command) => {
    const { status, error } = await gastown([command, '--convoy', '7']);
    expect(status).toBe(exitStatus.notFound.code);
    expect(error).toBe('gastown: There is no convoy #7.\n');
  });
});
