import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import { type TestFile, testTar } from '../../../testing/sandbox/test-tar.ts';
import type { Sandbox, TakenOut } from '../../../town/ports/sandbox.ts';
import { takeOutLimits } from './take-out-limits.ts';

let under: SandboxesUnderTest;

beforeAll(async () => {
  under = await sandboxesUnderTest({
    takeOut: { maxFileBytes: 100_000, maxFiles: 50, maxTotalBytes: 400_000 },
  });
});
afterAll(() => under.end());

const tree: readonly TestFile[] = [
  { path: 'a.txt', content: 'a\n' },
  { path: 'run.sh', content: 'echo\n', executable: true },
  { path: 'link', target: 'a.txt' },
  { path: 'folder/b', content: 'b\n' },
  { path: 'folder/c', content: 'c\n' },
  { path: 'empty', content: '' },
  { path: '.gitignore', content: 'dist/\n*.log\n!keep.log\n' },
  { path: 'dist/tracked', content: 'tracked\n' },
  { path: 'sub/.gitignore', content: '/local\n' },
];

/** What a script changed, as `+mode path: content` and `-path`. */
function told({ changes }: TakenOut): string[] {
  return changes.map((change) => {
    const path = Buffer.from(change.path).toString('latin1');
    if (change.kind === 'delete') return `-${path}`;
    return `+${change.mode} ${path}: ${Buffer.from(change.content).toString('latin1')}`;
  });
}

async function after(
  script: string,
  files = tree,
  setup: readonly string[] = [],
): Promise<TakenOut & { sandbox: Sandbox }> {
  const sandbox = await under.start(await under.snapshot(files, setup));
  expect(await shell(sandbox, `set -e\n${script}`)).toMatchObject({ err: '', code: 0 });
  return { ...(await sandbox.takeOut()), sandbox };
}

it('finds nothing in a workspace that was only looked at', async () => {
  const taken = await after(
    'cat a.txt >/dev/null; ls -R >/dev/null; git status >/dev/null; ./run.sh >/dev/null',
  );
  expect(taken).toMatchObject({ changes: [], refused: [] });
});

it('finds what was written, removed, made executable and linked', async () => {
  const taken = await after(
    'echo A >a.txt; rm folder/b; chmod -x run.sh; chmod +x empty; ln -sf folder/c link; mkdir -p x/y; printf "" >x/y/z',
  );
  expect(told(taken)).toEqual([
    '-folder/b',
    '+100644 a.txt: A\n',
    '+100755 empty: ',
    '+120000 link: folder/c',
    '+100644 run.sh: echo\n',
    '+100644 x/y/z: ',
  ]);
});

it('compares content, not times', async () => {
  const taken = await after(
    'touch a.txt; cp -p folder/b /tmp/b; rm folder/b; cp /tmp/b folder/b; touch -d 2001-01-01 folder/c; echo d >folder/d; touch -d 2001-01-01 folder/d; chmod 600 empty',
  );
  expect(told(taken)).toEqual(['+100644 folder/d: d\n']);
});

it('finds a change that keeps size and times', async () => {
  const taken = await after('t=$(stat -c %Y a.txt); printf "b\\n" >a.txt; touch -d @$t a.txt');
  expect(told(taken)).toEqual(['+100644 a.txt: b\n']);
});

it('finds renames of files and of whole folders, and folders that changed places', async () => {
  const two: readonly TestFile[] = [
    { path: 'one/same', content: '1' },
    { path: 'two/same', content: '2' },
    { path: 'three/x', content: '3' },
    { path: 'old', content: '4' },
  ];
  const taken = await after('mv old new; mv one swap; mv two one; mv swap two; mv three four', two);
  expect(told(taken)).toEqual([
    '-three/x',
    '-old',
    '+100644 four/x: 3',
    '+100644 new: 4',
    '+100644 one/same: 2',
    '+100644 two/same: 1',
  ]);
});

it('finds a file that became a folder and a folder that became a file', async () => {
  const taken = await after('rm a.txt; mkdir a.txt; echo in >a.txt/in; rm -r folder; echo f >folder');
  expect(told(taken)).toEqual([
    '-a.txt',
    '-folder/b',
    '-folder/c',
    '+100644 a.txt/in: in\n',
    '+100644 folder: f\n',
  ]);
});

it('carries binary content and names that are no text', async () => {
  const taken = await after(
    `printf '\\000\\377\\001' >bin; python3 - <<'X'
import os
open(b'\\xff\\xfe name', 'wb').write(b'bytes')
open(b'line\\nbreak', 'wb').write(b'nl')
open(b'-rf', 'wb').write(b'dash')
os.makedirs('d' * 120 + '/' + 'e' * 120)
open(('d' * 120 + '/' + 'e' * 120 + '/\\u00e9').encode(), 'wb').write(b'long')
X`,
    [{ path: 'a' }],
  );
  expect(told(taken)).toEqual([
    '+100644 -rf: dash',
    '+100644 bin: \x00\xff\x01',
    `+100644 ${'d'.repeat(120)}/${'e'.repeat(120)}/\xc3\xa9: long`,
    '+100644 line\nbreak: nl',
    '+100644 \xff\xfe name: bytes',
  ]);
});

it('leaves out what .gitignore files and the built-in list name, unless it is tracked', async () => {
  const taken = await after(`mkdir -p node_modules/x __pycache__ sub/other
echo 1 >node_modules/x/i.js; echo '!*' >node_modules/.gitignore; echo 1 >__pycache__/x.pyc; echo 1 >m.pyc
echo changed >dist/tracked; echo 1 >dist/new; echo 1 >x.log; echo 1 >keep.log
echo 1 >sub/local; echo 1 >sub/other/local; echo 1 >local`);
  expect(told(taken)).toEqual([
    '+100644 dist/tracked: changed\n',
    '+100644 keep.log: 1\n',
    '+100644 local: 1\n',
    '+100644 sub/other/local: 1\n',
  ]);
});

it('obeys a .gitignore that was changed or made by the work itself', async () => {
  const taken = await after(
    'echo "*.tmp" >.gitignore; mkdir new; echo "*" >new/.gitignore; echo 1 >new/a; echo 1 >b.tmp; echo 1 >c.log',
  );
  expect(told(taken)).toEqual(['+100644 .gitignore: *.tmp\n', '+100644 c.log: 1\n']);
});

it('takes what the set-up made or changed as given', async () => {
  const setup = ['echo made >made; echo lock >>a.txt; rm folder/c; mkdir -p build; echo 1 >build/out'];
  const untouched = await after('touch made; cat made >m; cp m made; rm m build/out', tree, setup);
  expect(told(untouched)).toEqual([]);
  const touched = await after('echo more >>made; echo more >>a.txt; echo back >folder/c', tree, setup);
  expect(told(touched)).toEqual([
    '+100644 a.txt: a\nlock\nmore\n',
    '+100644 folder/c: back\n',
    '+100644 made: made\nmore\n',
  ]);
});

it('compares with the tree that it started from, difference included', async () => {
  const difference = {
    files: () =>
      testTar([
        { path: 'folder/new', content: 'n\n' },
        { path: 'a.txt', content: 'A\n' },
        { path: 'empty/now', content: '!' },
      ]),
    deleted: [Buffer.from('folder/b'), Buffer.from('link'), Buffer.from('empty')],
  };
  const sandbox = await under.start(await under.snapshot(tree), difference);
  expect(await sandbox.takeOut()).toEqual({ changes: [], refused: [] });
  expect((await shell(sandbox, 'git status --short')).out).toBe('');
  await shell(sandbox, 'echo b >folder/b; rm folder/new; echo a >a.txt');
  expect(told(await sandbox.takeOut())).toEqual([
    '-folder/new',
    '+100644 a.txt: a\n',
    '+100644 folder/b: b\n',
  ]);
});

it('never takes git’s own folder, the top one silently, others by name', async () => {
  const taken = await after(
    'git commit -qam x --allow-empty; mkdir -p in/.git .GIT; echo 1 >in/.git/config; echo 1 >.GIT/x; echo 1 >in/a',
  );
  expect(told(taken)).toEqual(['+100644 in/a: 1\n']);
  expect(taken.refused).toEqual(
    [
      { path: '.GIT', rule: 'git-folder' },
      { path: 'in/.git', rule: 'git-folder' },
    ].sort(
      (a, b) =>
        taken.refused.findIndex((r) => r.path === a.path) - taken.refused.findIndex((r) => r.path === b.path),
    ),
  );
});

it('refuses what is no file, too large, or too much, and strips special bits', async () => {
  const taken =
    await after(`mkfifo pipe; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
head -c 100001 /dev/zero >large; echo s >setuid; chmod 6755 setuid`);
  expect(told(taken)).toEqual(['+100755 setuid: s\n']);
  expect(taken.refused).toEqual([
    { path: 'large', rule: 'too-large' },
    { path: 'pipe', rule: 'special-file' },
    { path: 'sock', rule: 'special-file' },
  ]);
  const many = await after('for i in $(seq 100 170); do echo $i >f$i; done', [{ path: 'a' }]);
  expect(many.changes).toHaveLength(50);
  expect(many.refused).toHaveLength(21);
  expect(many.refused[0]).toEqual({ path: 'f150', rule: 'too-many-files' });
  const much = await after('for i in 1 2 3 4 5; do head -c 99999 /dev/zero >f$i; done', [{ path: 'a' }]);
  expect(much.changes).toHaveLength(4);
  expect(much.refused).toEqual([{ path: 'f5', rule: 'too-much-together' }]);
});

it('does not take what it can not read for deleted', async () => {
  const taken = await after('echo x >>a.txt; chmod 0 a.txt; chmod 0 folder');
  expect(told(taken)).toEqual([]);
  expect(taken.refused).toEqual([
    { path: 'a.txt', rule: 'unreadable' },
    { path: 'folder', rule: 'unreadable' },
  ]);
});

it('keeps an unlimited default that a large change fits in', async () => {
  expect(takeOutLimits.maxFiles).toBeGreaterThanOrEqual(5000);
  const taken = await after('cp a.txt once; ln once twice', tree);
  expect(told(taken)).toEqual(['+100644 once: a\n', '+100644 twice: a\n']);
});
