import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;

beforeEach(async () => {
  under = await forgeUnderTest();
  user = under.as(under.forge.userToken);
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

test('a file is written over only by who knows what it was', async () => {
  const file = { ...here, path: 'a.txt', message: 'x' };
  const first = await user.rest.repos.createOrUpdateFileContents({ ...file, content: 'MQ==' });
  const again = user.rest.repos.createOrUpdateFileContents({ ...file, content: 'Mg==' });
  await expect(again).rejects.toMatchObject({ status: 422, message: expect.stringContaining('sha') });
  const sha = String(first.data.content?.sha);
  await user.rest.repos.createOrUpdateFileContents({ ...file, content: 'Mg==', sha });
  const stale = user.rest.repos.createOrUpdateFileContents({ ...file, content: 'Mw==', sha });
  await expect(stale).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('does not match'),
  });
  await expect(user.rest.repos.deleteFile({ ...file, sha })).rejects.toMatchObject({ status: 409 });
  const { data } = await user.rest.repos.getContent({ ...here, path: 'a.txt' });
  expect('content' in data && data.content.trim()).toBe('Mg==');
});

test('a ref moves forward only, unless it is forced, and is made once', async () => {
  const file = { ...here, path: 'a.txt', message: 'x', content: 'MQ==' };
  const base = String((await user.rest.repos.createOrUpdateFileContents(file)).data.commit.sha);
  const make = (path: string) =>
    user.rest.repos.createOrUpdateFileContents({ ...file, path, branch: 'topic' });
  const topic = { ...here, ref: 'refs/heads/topic', sha: base };
  await user.rest.git.createRef(topic);
  await expect(user.rest.git.createRef(topic)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('Reference already exists'),
  });
  await make('b.txt');
  const back = { ...here, ref: 'heads/topic', sha: base };
  await expect(user.rest.git.updateRef(back)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('not a fast forward'),
  });
  expect((await user.rest.git.updateRef({ ...back, force: true })).data.object.sha).toBe(base);
});
