import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readTar } from '../../testing/git/read-tar.ts';
import { type RigUnderTest, rigUnderTest, testTime } from '../../testing/git/rig-under-test.ts';
import { createGitStores } from './create-git-stores.ts';

const run = promisify(execFile);
const author = { name: 'Gas Town', email: 'gas-town@users.noreply.github.com', at: '2026-02-03T04:05:06Z' };
const hooks = [
  'post-checkout',
  'pre-commit',
  'post-merge',
  'reference-transaction',
  'pre-push',
  'post-update',
];

/** A host whose own git runs a program for filters, diffs, merges and hooks: what a hostile tree needs besides itself. */
async function trappedHost(rig: RigUnderTest): Promise<string> {
  const home = join(rig.folder, 'home');
  const canary = join(rig.folder, 'canary');
  const program = join(home, 'program');
  await mkdir(join(home, 'hooks'), { recursive: true });
  await writeFile(program, `#!/bin/sh\ntouch '${canary}'\n`);
  await chmod(program, 0o755);
  for (const hook of hooks) {
    await writeFile(join(home, 'hooks', hook), `#!/bin/sh\ntouch '${canary}'\n`);
    await chmod(join(home, 'hooks', hook), 0o755);
  }
  const config = [
    `[core]\n\thooksPath = ${join(home, 'hooks')}\n\tfsmonitor = ${program}\n\tsshCommand = ${program}`,
    `[filter "evil"]\n\tclean = ${program}\n\tsmudge = ${program}\n\trequired = true`,
    `[diff "evil"]\n\tcommand = ${program}\n\ttextconv = ${program}`,
    `[diff]\n\texternal = ${program}`,
    `[merge "evil"]\n\tdriver = ${program}`,
    `[tar "evil.tar"]\n\tcommand = ${program}`,
    `[uploadpack]\n\tpackObjectsHook = ${program}`,
    `[protocol]\n\tallow = always`,
  ].join('\n');
  await writeFile(join(home, '.gitconfig'), `${config}\n`);
  for (const [name, value] of [
    ['HOME', home],
    ['GIT_CONFIG_GLOBAL', join(home, '.gitconfig')],
    ['GIT_EXTERNAL_DIFF', program],
    ['GIT_SSH_COMMAND', program],
    ['GIT_TEMPLATE_DIR', home],
  ] as const)
    vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return canary;
}

test('a hostile repository runs nothing on the host: hooks, filters, attributes, drivers, submodules, links', async () => {
  const rig = await rigUnderTest();
  const canary = await trappedHost(rig);
  const submodule = `[submodule "sub"]\n\tpath = sub\n\turl = ext::sh -c "touch ${canary}"\n`;
  const base = await rig.user.commit('base', {
    '.gitattributes': '* filter=evil diff=evil merge=evil ident text eol=crlf\n',
    '.gitmodules': submodule,
    '.githooks/post-checkout': { executable: `#!/bin/sh\ntouch '${canary}'\n` },
    '.lfsconfig': '[lfs]\n\turl = http://127.0.0.1:9/\n',
    'out/of/here': { link: '../../../../../../etc/passwd' },
    plain: 'a\nb\nc\n',
  });
  await rig.user.branch('other', base);
  const other = await rig.user.commit('other', { plain: 'a\nb\nc\nd\n' });
  // The trap works: the same tree under the host's own git springs it.
  await run('git', ['-C', rig.user.path, 'diff', 'HEAD~1', 'HEAD']);
  expect(existsSync(canary)).toBe(true);
  await run('rm', [canary]);

  const store = await createGitStores({
    folder: join(rig.folder, 'trapped'),
    now: () => testTime,
  }).open(1);
  await store.fetch({ url: rig.user.path, token: null }, ['+refs/heads/*:refs/heads/*']);
  const entries = await readTar(store.pack(await store.treeOf(base)));
  expect(entries.find(({ header }) => header.name === 'plain')?.content.toString()).toBe('a\nb\nc\n');
  const made = await store.commitChanges({
    parent: base,
    changes: [
      { kind: 'write', path: Buffer.from('plain'), mode: '100644', content: Buffer.from('0\na\nb\nc\n') },
    ],
    message: 'made',
    author,
  });
  if (made.status !== 'committed') throw new Error('nothing was committed');
  expect((await store.merge(made.commit, other)).status).toBe('clean');
  expect(await store.changedEntries(base, made.commit)).toHaveLength(1);
  await store.moveRef('refs/heads/made', made.commit, null);
  expect(existsSync(canary)).toBe(false);
});

test('a submodule that names a command to run is refused where it would come in', async () => {
  const rig = await rigUnderTest();
  await rig.user.commit('base', {
    '.gitmodules':
      '[submodule "sub"]\n\tpath = sub\n\turl = https://example.com/sub\n\tupdate = !touch /tmp/x\n',
  });
  await expect(rig.import()).rejects.toThrow('disallowed submodule update setting');
});
