import { expect } from 'vitest';
import { type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };

/** Every operation on contents, git objects, refs, branches and commits; leaves `main` and `topic`, one commit apart. */
export async function tourGit(under: ForgeUnderTest): Promise<void> {
  const bot = under.as(await under.installationToken());
  await expect(bot.rest.repos.listCommits(here)).rejects.toMatchObject({ status: 409 });
  const text = (words: string) => Buffer.from(words).toString('base64');
  const put = await bot.rest.repos.createOrUpdateFileContents({
    ...here,
    path: 'docs/read me.md',
    message: 'First file',
    content: text('one\ntwo\nthree\n'),
  });
  expect(put.status).toBe(201);
  const base = String(put.data.commit.sha);
  const blob = (await bot.rest.git.createBlob({ ...here, content: 'console.log(1)\n' })).data.sha;
  expect((await bot.rest.git.getBlob({ ...here, file_sha: blob })).data.size).toBe(15);
  const tree = (
    await bot.rest.git.createTree({
      ...here,
      base_tree: base,
      tree: [
        { path: 'src/a.js', mode: '100755', type: 'blob', sha: blob },
        { path: 'docs/read me.md', mode: '100644', type: 'blob', content: 'one\n2\nthree\n' },
      ],
    })
  ).data.sha;
  const whole = (await bot.rest.git.getTree({ ...here, tree_sha: tree, recursive: '1' })).data.tree;
  expect(whole.map((entry) => entry.path)).toEqual(['docs', 'docs/read me.md', 'src', 'src/a.js']);
  const commit = (await bot.rest.git.createCommit({ ...here, message: 'Second', tree, parents: [base] })).data
    .sha;
  expect((await bot.rest.git.getCommit({ ...here, commit_sha: commit })).data.parents[0]?.sha).toBe(base);
  await bot.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha: base });
  await bot.rest.git.updateRef({ ...here, ref: 'heads/topic', sha: commit });
  expect((await bot.rest.git.getRef({ ...here, ref: 'heads/topic' })).data.object.sha).toBe(commit);
  await bot.rest.git.createRef({ ...here, ref: 'refs/heads/topic/../x', sha: base }).then(
    () => expect.unreachable(),
    (error: { status: number }) => expect(error.status).toBe(422),
  );
  await bot.rest.git.createRef({ ...here, ref: 'refs/heads/old', sha: base });
  expect((await bot.rest.git.listMatchingRefs({ ...here, ref: 'heads/' })).data).toHaveLength(3);
  await bot.rest.git.deleteRef({ ...here, ref: 'heads/old' });
  await tourReading(under, base, commit);
}

async function tourReading(under: ForgeUnderTest, base: string, commit: string): Promise<void> {
  const bot = under.as(await under.installationToken());
  expect((await bot.rest.repos.listBranches(here)).data.map((branch) => branch.name)).toEqual([
    'main',
    'topic',
  ]);
  expect((await bot.rest.repos.getBranch({ ...here, branch: 'topic' })).data.commit.sha).toBe(commit);
  const listed = await bot.rest.repos.listCommits({ ...here, sha: 'topic', path: 'src/a.js' });
  expect(listed.data.map((one) => one.sha)).toEqual([commit]);
  const full = (await bot.rest.repos.getCommit({ ...here, ref: 'topic' })).data;
  expect(full.files?.map((file) => [file.filename, file.status])).toEqual([
    ['docs/read me.md', 'modified'],
    ['src/a.js', 'added'],
  ]);
  const compared = (await bot.rest.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...topic' }))
    .data;
  expect(compared).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0 });
  expect(compared.files?.[0]?.patch).toContain('-two\n+2');
  const root = (await bot.rest.repos.getContent({ ...here, path: '', ref: 'topic' })).data;
  expect(Array.isArray(root) && root.map((entry) => entry.type)).toEqual(['dir', 'dir']);
  const file = (await bot.rest.repos.getContent({ ...here, path: 'docs/read me.md' })).data;
  if (Array.isArray(file) || file.type !== 'file') expect.unreachable();
  expect(Buffer.from(file.content, 'base64').toString()).toBe('one\ntwo\nthree\n');
  const gone = { ...here, path: 'gone.txt', message: 'A file' };
  const made = await bot.rest.repos.createOrUpdateFileContents({
    ...gone,
    content: 'Z29uZQ==',
    branch: 'topic',
  });
  await bot.rest.repos.deleteFile({ ...gone, sha: String(made.data.content?.sha), branch: 'topic' });
  await expect(bot.rest.repos.getContent({ ...gone, ref: 'topic' })).rejects.toMatchObject({ status: 404 });
  await bot.rest.git.updateRef({ ...here, ref: 'heads/topic', sha: commit, force: true });
  expect((await bot.rest.repos.getCommit({ ...here, ref: base })).data.sha).toBe(base);
}
