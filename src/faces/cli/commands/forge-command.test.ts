import { expect, it } from 'vitest';
import { noActions } from '../../../testing/no-actions.ts';
import { exitStatus } from '../exit-status.ts';
import { runCommandLine } from '../run-command-line.ts';
import type { ForgeOptions } from './forge-command.ts';

async function forge(...args: readonly string[]) {
  const asked: ForgeOptions[] = [];
  let error = '';
  const status = await runCommandLine(
    {
      ...noActions,
      forge: async (options) => {
        asked.push(options);
        return 0;
      },
    },
    {
      args: ['forge', ...args],
      cwd: '/here',
      version: '1.2.3',
      writeOut: () => {},
      writeError: (text) => {
        error += text;
      },
    },
  );
  return { status, error, asked: asked[0] };
}

it("serves a workspace's own forge", async () => {
  expect((await forge('--workspace', 'w')).asked).toEqual({
    of: { workspace: '/here/w' },
    port: 0,
    webhook: null,
    json: false,
  });
});

it('serves one of its own', async () => {
  const args = [
    '--seed',
    'acme/widgets',
    '--folder',
    'f',
    '--port',
    '3001',
    '--webhook',
    'http://x/',
    '--json',
  ];
  expect((await forge(...args)).asked).toEqual({
    of: { seed: 'acme/widgets', folder: '/here/f' },
    port: 3001,
    webhook: 'http://x/',
    json: true,
  });
  expect((await forge('--seed', 'acme/widgets')).asked?.of).toEqual({ seed: 'acme/widgets', folder: null });
});

it.each([
  [[], /give --workspace or --seed/],
  [['--workspace', 'w', '--seed', 'a/b'], /cannot be used with/],
  [['--seed', 'a/b', '--port', '70000'], /Give a port/],
  [['--seed', 'a/b', '--port', 'x'], /Give a port/],
])('refuses %j in one sentence', async (args, sentence) => {
  const { status, error, asked } = await forge(...args);
  expect([status, asked]).toEqual([exitStatus.usage.code, undefined]);
  expect(error).toMatch(sentence);
  expect(error).toMatch(/^gastown: [^\n]+\n$/);
});
