import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RigUnderTest, rigUnderTest } from '../../../testing/git/rig-under-test.ts';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { Oid } from '../../../town/ports/git-store.ts';
import type { Change, RefusedPath, Sandbox } from '../../../town/ports/sandbox.ts';

const author = { name: 'Polecat', email: 'polecat@example.com', at: '2026-02-03T04:05:06Z' };
const limits = { maxFileBytes: 10_000, maxFiles: 20, maxTotalBytes: 100_000 };

let under: SandboxesUnderTest;
beforeAll(async () => {
  under = await sandboxesUnderTest({ takeOut: limits, warm: 1 });
});
afterAll(() => under.end());

let rig: RigUnderTest;
let base: Oid;
let sandbox: Sandbox;
beforeEach(async () => {
  rig = await rigUnderTest();
  base = await rig.user.commit('base', { README: 'x', 'src/a': 'a', gone: 'x', old: 'renamed' });
  await rig.import();
  const tree = await rig.store.treeOf(base);
  const made = await under.sandboxes.snapshot({
    image: under.image,
    tree,
    files: () => rig.store.pack(tree),
    setup: [],
    limits: testLimits,
    labels: { convoy: testConvoy, purpose: 'test' },
  });
  if (made.status !== 'ready') throw new Error(made.output);
  sandbox = await under.start(made.snapshot);
});

interface Landed {
  readonly refused: readonly RefusedPath[];
  /** Path to mode and content, of what is not in the base. */
  readonly files: Readonly<Record<string, string>>;
}

/** Does it in the container, takes the work out and commits it, as the town does when a bead is closed. */
async function attempt(command: string): Promise<Landed> {
  const done = await shell(sandbox, command);
  expect(done).toMatchObject({ err: '', code: 0 });
  const taken = await sandbox.takeOut();
  const landed = await commit(taken.changes);
  return { ...landed, refused: [...taken.refused, ...landed.refused] };
}

async function commit(changes: readonly Change[]): Promise<Landed> {
  const result = await rig.store.commitChanges({ parent: base, changes, message: 'work', author });
  if (result.status === 'unchanged') return { refused: result.refused, files: {} };
  const entries = await rig.store.changedEntries(base, result.commit);
  const files = entries.map(({ path, after }) => [path, after?.mode ?? 'gone'] as const);
  return { refused: result.refused, files: Object.fromEntries(files) };
}

const forged = (path: string): Change => ({
  kind: 'write',
  path: Buffer.from(path),
  mode: '100644',
  content: Buffer.from('x'),
});

describe('refused', () => {
  it('`..` in a path, which only a forged answer can hold', async () => {
    const { refused, files } = await commit([forged('../up'), forged('src/../../up'), forged('a/./b')]);
    expect(refused.map(({ rule }) => rule)).toEqual(Array(3).fill('not-a-plain-path'));
    expect(files).toEqual({});
  });
  it('an absolute path, which only a forged answer can hold', async () => {
    const { refused, files } = await commit([forged('/etc/passwd')]);
    expect(refused).toEqual([{ path: '/etc/passwd', rule: 'absolute-path' }]);
    expect(files).toEqual({});
  });
  it('`.git` in any spelling that git itself protects against', async () => {
    const { refused, files } = await attempt(
      `mkdir .GIT 'git~1' src/.git; for d in .GIT 'git~1' src/.git; do echo x >"$d/config"; done
echo x >'.git '; echo x >.git.; python3 -c 'open("\\u200c.git","w"); open(".g\\u200cit","w")'; echo fine >fine`,
    );
    expect(Object.keys(files)).toEqual(['fine']);
    expect(new Set(refused.map(({ rule }) => rule))).toEqual(new Set(['git-folder', 'dot-git']));
    expect(refused.length).toBeGreaterThanOrEqual(7);
  });
  it('a symlink that points outside', async () => {
    const { refused, files } = await attempt(
      'ln -s /etc/passwd abs; ln -s ../../up climbs; ln -s a/../../../up winds; ln -s .git/config git; ln -s src/a fine',
    );
    expect(files).toEqual({ fine: '120000' });
    expect(Object.fromEntries(refused.map(({ path, rule }) => [path, rule]))).toEqual({
      abs: 'link-target-absolute',
      climbs: 'link-target-outside',
      winds: 'link-target-winding',
      git: 'link-target-dot-git',
    });
  });
  it('a device node, which can not even be made', async () => {
    const made = await shell(sandbox, 'mknod disk b 8 0');
    expect(made.err).toContain('Operation not permitted');
    expect(await sandbox.takeOut()).toEqual({ changes: [], refused: [] });
  });
  it('a socket and a pipe', async () => {
    const { refused, files } = await attempt(
      `mkfifo pipe; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'`,
    );
    expect(refused).toEqual([
      { path: 'pipe', rule: 'special-file' },
      { path: 'socket', rule: 'special-file' },
    ]);
    expect(files).toEqual({});
  });
  it('a submodule entry: a repository within becomes plain files without its `.git`', async () => {
    const { refused, files } = await attempt(
      'git init -q sub && echo x >sub/file && git -C sub -c user.name=a -c user.email=a@b add . && ln -s src/a .gitmodules',
    );
    expect(files).toEqual({ 'sub/file': '100644' });
    expect(refused).toEqual([
      { path: 'sub/.git', rule: 'git-folder' },
      { path: '.gitmodules', rule: 'link-read-by-git' },
    ]);
  });
  it('a collision of case', async () => {
    const { refused, files } = await attempt('echo x >readme; mkdir SRC; echo x >SRC/b; echo fine >fine');
    expect(files).toEqual({ fine: '100644' });
    expect(refused.map(({ path }) => path).sort()).toEqual(['SRC/b', 'readme']);
  });
  it('a collision of Unicode forms', async () => {
    const { refused, files } = await attempt(`python3 -c 'open("caf\\u00e9","w"); open("cafe\\u0301","w")'`);
    expect(Object.keys(files)).toHaveLength(1);
    expect(refused).toHaveLength(1);
  });
  it('a file over the size', async () => {
    const { refused, files } = await attempt('head -c 10001 /dev/zero >large; head -c 10000 /dev/zero >fits');
    expect(refused).toEqual([{ path: 'large', rule: 'too-large' }]);
    expect(files).toEqual({ fits: '100644' });
  });
  it('more files than the count', async () => {
    const { refused, files } = await attempt('for n in $(seq 10 40); do echo $n >f$n; done');
    expect(Object.keys(files)).toHaveLength(20);
    expect(new Set(refused.map(({ rule }) => rule))).toEqual(new Set(['too-many-files']));
    expect(refused).toHaveLength(11);
  });
});

describe('neutralised', () => {
  it('setuid and setgid bits', async () => {
    const { files } = await attempt('echo x >tool; chmod 6755 tool; echo y >plain; chmod 6644 plain');
    expect(files).toEqual({ plain: '100644', tool: '100755' });
  });
  it('a hook, which lies in the throw-away `.git` and is never taken out', async () => {
    const { files, refused } = await attempt(
      'mkdir -p .git/hooks && echo "touch /tmp/pwned" >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit && echo x >file',
    );
    expect({ files, refused }).toEqual({ files: { file: '100644' }, refused: [] });
  });
  it('attributes and filters that the work itself brings: the bytes stay as they are', async () => {
    const { files } = await attempt(
      `printf '* text eol=crlf filter=evil ident export-ignore\\n' >.gitattributes
git config filter.evil.clean 'touch /tmp/pwned' && printf 'one\\n$Id$\\n' >file`,
    );
    expect(files).toEqual({ '.gitattributes': '100644', file: '100644' });
  });
});

describe('survives the trip', () => {
  it('executable bits, deletions, renames, binary and empty files, names that are not UTF-8', async () => {
    const { files, refused } = await attempt(
      `chmod +x README; rm gone; mv old new; printf '\\000\\377' >binary; : >empty
python3 -c 'import os; os.close(os.open(b"\\xff\\xfe name", os.O_CREAT | os.O_WRONLY, 0o644))'`,
    );
    expect(refused).toEqual([]);
    const odd = Object.keys(files).find((path) => path.endsWith(' name')) ?? '';
    expect(files).toEqual({
      README: '100755',
      gone: 'gone',
      old: 'gone',
      new: '100644',
      binary: '100644',
      empty: '100644',
      [odd]: '100644',
    });
  });
});
