import { describe, expect, it } from 'vitest';
import { registries } from '../../domain/config/registries.ts';
import { noActions } from '../../testing/no-actions.ts';
import { CannotRun } from './cannot-run.ts';
import { exitStatus } from './exit-status.ts';
import type { RunOptions } from './options/run-options.ts';
import { runCommandLine } from './run-command-line.ts';

const nothingLeft = { containers: 2, images: 1, freedBytes: 3_145_728 };

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly error: string;
  readonly options: RunOptions | null;
}

async function gastown(args: readonly string[], run = async (): Promise<number> => 0): Promise<Ran> {
  let out = '';
  let error = '';
  let options: RunOptions | null = null;
  const status = await runCommandLine(
    {
      ...noActions,
      gc: async () => nothingLeft,
      run: async (given) => {
        options = given;
        return run();
      },
    },
    {
      args,
      cwd: '/somewhere',
      version: '1.2.3',
      writeOut: (text) => {
        out += text;
      },
      writeError: (text) => {
        error += text;
      },
    },
  );
  return { status, out, error, options };
}

describe('gastown gc', () => {
  it('tells what went', async () => {
    const { status, out } = await gastown(['gc']);
    expect({ status, out }).toEqual({ status: 0, out: 'Removed 2 containers and 1 image, 3.0 MiB.\n' });
    expect(JSON.parse((await gastown(['gc', '--all', '--json'])).out)).toEqual(nothingLeft);
  });
});

describe('gastown run', () => {
  it('fills in the defaults', async () => {
    const { status, options } = await gastown(['run', 'Build it', '--workspace', 'w']);
    expect(status).toBe(0);
    expect(options).toEqual({
      task: 'Build it',
      workspace: '/somewhere/w',
      image: 'rig',
      memoryBytes: 512 * 2 ** 20,
      cpus: 2,
      network: 'none',
      polecats: 5,
      verify: null,
      setup: [],
      models: { all: null, byRole: {} },
      web: null,
      json: false,
      allowDirty: false,
      merge: false,
      debug: false,
    });
  });

  it('takes every flag', async () => {
    const { options } = await gastown([
      ...[
        'run',
        'Build it',
        '--workspace',
        '/abs',
        '--image',
        'python:3.12-slim',
        '--memory',
        '2g',
        '--cpus',
        '1.5',
      ],
      ...[
        '--network',
        '--allow-host',
        '*.example.com',
        '--polecats',
        '8',
        '--verify',
        'make test',
        '--setup',
        'one',
        '--setup',
        'two',
      ],
      ...[
        '--model',
        'big',
        '--model',
        'mayor=bigger',
        '--web',
        '8080',
        '--json',
        '--allow-dirty',
        '--merge',
        '--debug',
      ],
    ]);
    expect(options).toEqual({
      task: 'Build it',
      workspace: '/abs',
      image: 'python:3.12-slim',
      memoryBytes: 2 * 2 ** 30,
      cpus: 1.5,
      network: { allow: [...registries, '*.example.com'] },
      polecats: 8,
      verify: 'make test',
      setup: ['one', 'two'],
      models: { all: 'big', byRole: { mayor: 'bigger' } },
      web: 8080,
      json: true,
      allowDirty: true,
      merge: true,
      debug: true,
    });
  });

  it("gives the action's exit status", async () => {
    expect((await gastown(['run', 't', '--workspace', 'w'], async () => 23)).status).toBe(23);
  });

  it.each([
    [['run', 't', '--workspace', 'w', '--memmory', '1g'], /^gastown: unknown option '--memmory' .*--memory/],
    [['run', 't', '--workspace', 'w', '--memory', 'lots'], /'--memory <size>' .* 512m or 1g/],
    [['run', 't', '--workspace', 'w', '--allow-host', '10.0.0.1'], /'--allow-host <name>'.*example.com/],
    [['run', 't', '--workspace', 'w', '--cpus', '0'], /'--cpus <number>'/],
    [['run', 't', '--workspace', 'w', '--polecats', '1.5'], /'--polecats <number>'.*whole number/],
    [['run', 't', '--workspace', 'w', '--verify', ' '], /'--verify <command>'.*not be empty/],
    [['run', 't', '--workspace', 'w', '--model', 'mayor='], /'--model <name>'/],
    [['run', ' ', '--workspace', 'w'], /argument 'task'/],
    [['run', '--workspace', 'w'], /missing required argument 'task'/],
    [['run', 't'], /required option '--workspace <dir>' not specified/],
    [['run', 't', 'u', '--workspace', 'w'], /too many arguments/],
    [['rnu'], /unknown command 'rnu' .*run/],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { status, out, error, options } = await gastown(args);
    expect(status).toBe(exitStatus.usage.code);
    expect(out).toBe('');
    expect(error).toMatch(sentence);
    expect(error).toMatch(/^gastown: [^\n]+\n$/);
    expect(options).toBeNull();
  });

  it('tells what a person can mend in one sentence, with its own exit status', async () => {
    const { status, error } = await gastown(['run', 't', '--workspace', 'w'], async () => {
      throw new CannotRun('noKey', 'No key is set: put one into OPENAI_API_KEY.');
    });
    expect(status).toBe(exitStatus.noKey.code);
    expect(error).toBe('gastown: No key is set: put one into OPENAI_API_KEY.\n');
  });

  it('shows where something unforeseen happened only with --debug', async () => {
    const fail = async (): Promise<number> => {
      throw new TypeError('odd\u001b[31m');
    };
    const plain = await gastown(['run', 't', '--workspace', 'w'], fail);
    expect([plain.status, plain.error]).toEqual([1, 'gastown: Unexpected: odd (--debug shows where)\n']);
    const debug = await gastown(['run', 't', '--workspace', 'w', '--debug'], fail);
    expect(debug.error).toContain('run-command-line.test.ts');
  });
});

it.each([[['--help']], [['run', '--help']], [['--version']]])('%j ends well', async (args) => {
  const { status, out, error } = await gastown(args);
  expect([status, error]).toEqual([0, '']);
  expect(out).not.toBe('');
});

it('without a command shows the help and ends as a mistake', async () => {
  const { status, error } = await gastown([]);
  expect(status).toBe(exitStatus.usage.code);
  expect(error).toContain('Usage: gastown');
});

it('gives every way to end a number of its own', () => {
  const codes = Object.values(exitStatus).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('leaves 10 to 19 to set-up', () => {
  const codes = Object.values(exitStatus).map(({ code }) => code);
  expect(codes.filter((code) => code >= 10 && code < 20)).toEqual([]);
});
