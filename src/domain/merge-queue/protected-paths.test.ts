import { describe, expect, test } from 'vitest';
import { approvalSubject, type ChangedEntry, protection } from './protected-paths.ts';

const file = { mode: '100644', oid: '1'.repeat(40) };
const added = (path: string, after: ChangedEntry['after'] = file): ChangedEntry => ({
  path,
  before: null,
  after,
});

describe('a path is protected', () => {
  test.each([
    ['.github/workflows/ci.yml', 'workflow'],
    ['.github/dependabot.yml', 'github'],
    ['.GitHub/Workflows/ci.yml', 'workflow'],
    ['.github', 'github'],
    ['CODEOWNERS', 'owners'],
    ['docs/CODEOWNERS', 'owners'],
    ['AGENTS.md', 'agents'],
    ['packages/one/CLAUDE.md', 'agents'],
    ['.claude/settings.json', 'agents'],
    ['.gitmodules', 'submodule'],
    ['.gas-town/beads.db', 'town'],
    ['src/index.ts', null],
    ['docs/github.md', null],
    ['my.github/x', null],
  ])('%s: %s', (path, why) => {
    expect(protection(added(path))).toBe(why);
  });

  test('by what it is: a submodule anywhere, a link in the place of a folder, a removal', () => {
    expect(protection(added('vendor/lib', { mode: '160000', oid: '2'.repeat(40) }))).toBe('submodule');
    expect(protection(added('.github', { mode: '120000', oid: '2'.repeat(40) }))).toBe('github');
    expect(protection({ path: 'CODEOWNERS', before: file, after: null })).toBe('owners');
  });
});

test('what is approved names what the paths become, whatever they were and in whatever order', () => {
  const one = added('AGENTS.md');
  const two: ChangedEntry = { path: 'CODEOWNERS', before: file, after: null };
  expect(approvalSubject([one, two])).toBe(approvalSubject([two, { ...one, before: file }]));
  expect(approvalSubject([one])).not.toBe(approvalSubject([{ ...one, after: { ...file, mode: '100755' } }]));
});
