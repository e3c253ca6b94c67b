import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rigUnderTest } from '../../../testing/git/rig-under-test.ts';
import type { Entry } from '../../../testing/git/user-repository.ts';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { GitStore, Oid } from '../../../town/ports/git-store.ts';
import type { Sandbox, TakenOut } from '../../../town/ports/sandbox.ts';

const author = { name: 'Polecat', email: 'polecat@example.com', at: '2026-02-03T04:05:06Z' };

/** Attributes that make an ordinary git drop files, rewrite their bytes or start programs. */
const tree: Readonly<Record<string, Entry>> = {
  '.gitattributes':
    '*.txt text eol=crlf\n*.id ident\nhidden export-ignore\n*.sub export-subst\n*.bin filter=lfs diff=lfs -text\n*.u16 working-tree-encoding=UTF-8\n',
  'lines.txt': 'one\ntwo\n',
  'name.id': '$Id$\n',
  hidden: 'hidden\n',
  'version.sub': '$Format:%H$\n',
  'data.bin': Buffer.from([0, 255, 13, 10, 7]),
  'wide.u16': 'wide\n',
  'run.sh': { executable: 'echo\n' },
  link: { link: 'folder/file' },
  'folder/file': 'file\n',
  'folder/ünï': 'x',
  empty: '',
};

let under: SandboxesUnderTest;
beforeAll(async () => {
  under = await sandboxesUnderTest();
});
afterAll(() => under.end());

async function sandboxOf(store: GitStore, oid: Oid, on?: Oid): Promise<Sandbox> {
  const made = await under.sandboxes.snapshot({
    image: under.image,
    tree: oid,
    files: () => store.pack(oid),
    setup: [],
    limits: testLimits,
    labels: { convoy: testConvoy, purpose: 'test' },
  });
  if (made.status !== 'ready') throw new Error(made.output);
  return under.start(made.snapshot, on === undefined ? null : await store.difference(oid, on));
}

async function committed(store: GitStore, parent: Oid, taken: TakenOut) {
  const result = await store.commitChanges({ parent, changes: taken.changes, message: 'work', author });
  return { tree: result.status === 'committed' ? result.tree : await store.treeOf(parent), ...result };
}

it('brings a tree in and out untouched, whatever its attributes say', async () => {
  const { user, store, import: bring } = await rigUnderTest();
  const base = await user.commit('base', tree);
  await bring();
  const sandbox = await sandboxOf(store, await store.treeOf(base));
  expect(await sandbox.takeOut()).toEqual({ changes: [], refused: [] });
  // Every inode new, every byte the same.
  await shell(
    sandbox,
    'tar -cf /tmp/all --exclude=./.git . && find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -r {} + && tar -xf /tmp/all',
  );
  expect(await sandbox.takeOut()).toEqual({ changes: [], refused: [] });
});

it('brings out the very tree that a container’s files make up', async () => {
  const { user, store, import: bring } = await rigUnderTest();
  const before = await user.commit('before', {
    ...tree,
    'folder2/a': 'a',
    turns: 'into a folder',
    'goes/away': 'x',
  });
  const after = await user.commit('after', {
    ...tree,
    'lines.txt': 'one\r\nthree\n',
    'folder2/a': null,
    folder2: 'now a file',
    turns: null,
    'turns/inside': { link: '../run.sh' },
    'goes/away': null,
    'run.sh': 'no longer to be run\n',
    'data.bin': { executable: 'now to be run' },
  });
  await bring();
  const wanted = await store.treeOf(after);
  const sandbox = await sandboxOf(store, await store.treeOf(before));
  const stdin = await buffer(store.pack(wanted));
  const emptied = 'find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -r {} +';
  const unpacked = await sandbox.exec(`${emptied} && tar -x`, { stdin, timeoutMs: 10_000 });
  expect(unpacked.exitCode).toBe(0);
  const result = await committed(store, before, await sandbox.takeOut());
  expect(result).toMatchObject({ tree: wanted, refused: [] });

  const started = await sandboxOf(store, await store.treeOf(before), wanted);
  expect(await started.takeOut()).toEqual({ changes: [], refused: [] });
  expect((await shell(started, 'git status --short')).out).toBe('');
});

it('refuses what would point or reach out of a repository, and keeps the rest', async () => {
  const { user, store, import: bring } = await rigUnderTest();
  const base = await user.commit('base', { README: 'x', 'src/a': 'a' });
  await bring();
  const sandbox = await sandboxOf(store, await store.treeOf(base));
  const made = await shell(
    sandbox,
    `ln -s /etc/passwd absolute; ln -s ../../outside climbs; ln -s .git/config link-to-git
mkdir 'git~1' .GiT; echo x >'git~1/config'; echo x >.GiT/config; echo x >'.git '; ln -s a .gitmodules
printf x >readme; mkdir SRC; echo x >SRC/b; python3 -c 'open("caf\\u00e9","w"); open("cafe\\u0301","w")'
mkdir -p nested/.git; echo 'ref: x' >nested/.git/HEAD; echo kept >nested/file
python3 -c 'open("a\\\\..\\\\..\\\\b","w"); open("\\u200c.git","w"); open(".g\\u200cit","w")'
mkfifo pipe; echo fine >fine; chmod 4755 fine`,
  );
  expect(made.err).toBe('');
  const taken = await sandbox.takeOut();
  const result = await committed(store, base, taken);
  const files = await store.listFiles(result.tree, '', { recursive: true, limit: 100 });
  expect(files.filter((path) => !path.startsWith('caf'))).toEqual(['README', 'fine', 'nested/file', 'src/a']);
  expect(files.filter((path) => path.startsWith('caf')).length).toBeLessThanOrEqual(1);
  const refused = [...taken.refused, ...result.refused].map(({ path }) => path);
  expect(refused).toEqual(
    expect.arrayContaining(['absolute', 'climbs', 'link-to-git', 'pipe', '.GiT', 'nested/.git', 'readme']),
  );
});
