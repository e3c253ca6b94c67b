import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { workspaceIn } from '../../testing/local-workspace.ts';
import { readCall } from '../answer-call.ts';
import { workspaceTools } from './workspace-tools.ts';

const path = fc.oneof(
  fc.constantFrom(
    'a.txt',
    '',
    '/',
    '.',
    '..',
    '../b',
    '/etc/passwd',
    'a.txt/b',
    '.git/config',
    '~',
    '-rf',
    '*',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const value = fc.oneof(path, fc.integer(), fc.boolean(), fc.jsonValue({ maxDepth: 2 }));
const names = [
  'path',
  'content',
  'patch',
  'diff',
  'old',
  'new',
  'pattern',
  'glob',
  'from_line',
  'to_line',
  'all',
  'depth',
];
const args = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), value).map((one) => JSON.stringify(one)),
  fc.tuple(path, fc.string({ maxLength: 60 })).map(([to, content]) => JSON.stringify({ path: to, content })),
  fc.json(),
  fc.string({ unit: 'binary' }),
  // Cut anywhere, as a stream is that breaks off.
  fc.tuple(fc.json(), fc.nat(50)).map(([json, at]) => json.slice(0, at)),
);

test('no arguments make a tool throw, hang or leave its workspace', { timeout: 120_000 }, async () => {
  // A folder around the workspace that holds nothing else: what gets out is seen there.
  const around = await mkdtemp(join(tmpdir(), 'gas-town-fuzz-'));
  onTestFinished(() => rm(around, { recursive: true }));
  const place = workspaceIn(join(around, 'workspace'));
  await place.writeFile('a.txt', Buffer.from('a\n'));
  // Programs that a model may run as it likes are the sandbox's to hold.
  const tools = workspaceTools(place).filter(({ name }) => !/^(shell|run_)/.test(name));
  expect(tools.length).toBeGreaterThan(4);
  const one = fc.tuple(fc.constantFrom(...tools.map(({ name }) => name), 'no_such_tool'), args);
  await fc.assert(
    fc.asyncProperty(one, async ([name, json]) => {
      const read = readCall({ id: 'c', name, arguments: json }, tools);
      const context = { session: 's', callId: 'c', signal: new AbortController().signal };
      const outcome = read.status === 'ready' ? await read.run(context) : read.outcome;
      expect(outcome.kind).toBe('answer');
    }),
    { numRuns: fuzzRuns(300) },
  );
  expect(await readdir(around)).toEqual(['workspace']);
});
