import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../../testing/forge-under-test.ts';
import { gitClient } from '../../testing/git-client.ts';

let under: ForgeUnderTest;
let id: number;

beforeEach(async () => {
  under = await forgeUnderTest({ private: true });
  const user = under.as(under.forge.userToken);
  const file = { owner, repo, path: 'a.txt', message: 'x', content: 'eA==' };
  await user.rest.repos.createOrUpdateFileContents(file);
  id = (await user.rest.repos.update({ owner, repo, name: 'gadgets' })).data.id;
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

async function ask(method: string, path: string, body?: string): Promise<[number, string | null]> {
  const headers = { authorization: `Bearer ${under.forge.userToken}` };
  const url = `${under.forge.api}/repos/${owner}/${path}`;
  const answer = await fetch(url, { method, headers, redirect: 'manual', ...(body ? { body } : {}) });
  return [answer.status, answer.headers.get('location')];
}

test('the old name leads to the repository by its id, with method and body kept, in REST and in git', async () => {
  const byId = `${under.forge.api}/repositories/${id}`;
  expect(await ask('GET', `${repo}/issues?state=all`)).toEqual([301, `${byId}/issues?state=all`]);
  expect(await ask('POST', `${repo}/issues`, '{"title":"x"}')).toEqual([307, `${byId}/issues`]);
  const user = under.as(under.forge.userToken);
  const made = await user.rest.issues.create({ owner, repo, title: 'By the old name' });
  expect(made.data.repository_url).toBe(`${under.forge.api}/repos/${owner}/gadgets`);
  const client = await gitClient(under.forge.userToken);
  await client.git('clone', '-q', `${under.forge.html}/${owner}/${repo}.git`, 'copy');
  expect(await client.git('-C', 'copy', 'log', '--format=%s')).toBe('x');
  await client.close();
});

test('a transfer leads on too, until the old name is taken again, and leads no stranger', async () => {
  await under.forge.addUser({ login: 'heir' });
  const user = under.as(under.forge.userToken);
  await user.rest.repos.transfer({ owner, repo: 'gadgets', new_owner: 'heir' });
  const stranger = under.as((await under.forge.addUser({ login: 'stranger' })).token);
  await expect(stranger.rest.repos.get({ owner, repo: 'gadgets' })).rejects.toMatchObject({ status: 404 });
  const heir = under.as((await under.forge.addUser({ login: 'heir' })).token);
  expect((await heir.rest.repos.get({ owner, repo: 'gadgets' })).data.full_name).toBe('heir/gadgets');
  await under.forge.createRepository({ owner, name: 'gadgets' });
  expect((await heir.rest.repos.get({ owner, repo: 'gadgets' })).data.full_name).toBe(`${owner}/gadgets`);
});
