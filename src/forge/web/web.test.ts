import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;

beforeEach(async () => {
  under = await forgeUnderTest();
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

async function visit(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string; cookie: string }> {
  const answer = await fetch(under.forge.html + path, { redirect: 'manual', ...init });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { status: answer.status, text: await answer.text(), cookie };
}

async function session(): Promise<string> {
  return (await visit(new URL(under.forge.pageLink()).pathname)).cookie;
}

async function post(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<number> {
  const body = new URLSearchParams(fields);
  return (await visit(path, { method: 'POST', body, headers })).status;
}

test('text of strangers is shown as text, under a policy that runs nothing', async () => {
  const hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)> "\'&';
  const user = under.as(under.forge.userToken);
  const { number } = (
    await user.rest.issues.create({ ...here, title: hostile, body: hostile, labels: ['<b>x</b>'] })
  ).data;
  await user.rest.issues.createComment({ ...here, issue_number: number, body: hostile });
  for (const path of [
    `/${owner}/${repo}/issues/${number}`,
    `/${owner}/${repo}/issues`,
    '/_page/deliveries',
  ]) {
    const { text } = await visit(path);
    expect(text).not.toMatch(/<script|<img|<b>/);
  }
  const answer = await fetch(`${under.forge.html}/${owner}/${repo}/issues/${number}`);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await answer.text()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('a link opens one session, and a reader without it sees no forms', async () => {
  const user = under.as(under.forge.userToken);
  await user.rest.issues.create({ ...here, title: 'One' });
  const path = new URL(under.forge.pageLink()).pathname;
  const first = await visit(path);
  expect([first.status, (await visit(path)).status]).toEqual([303, 403]);
  const page = `/${owner}/${repo}/issues/1`;
  expect((await visit(page)).text).not.toContain('<form');
  expect((await visit(page, { headers: { cookie: first.cookie } })).text).toContain('<form');
});

test('a form without the session, its key, or from another origin does nothing', async () => {
  const user = under.as(under.forge.userToken);
  await user.rest.issues.create({ ...here, title: 'One' });
  const cookie = await session();
  const page = `/${owner}/${repo}/issues/1`;
  const key =
    /name="key" value="([\w-]+)"/.exec((await visit(page, { headers: { cookie } })).text)?.[1] ?? '';
  const origin = under.forge.html;
  const fields = { body: 'Hello', key };
  expect(await post(`${page}/comment`, fields, { origin })).toBe(403);
  expect(await post(`${page}/comment`, { ...fields, key: 'x' }, { cookie, origin })).toBe(403);
  expect(await post(`${page}/comment`, fields, { cookie, origin: 'http://evil.example' })).toBe(403);
  expect(await post(`${page}/comment`, fields, { cookie })).toBe(403);
  expect((await user.rest.issues.listComments({ ...here, issue_number: 1 })).data).toEqual([]);
  expect(await post(`${page}/comment`, fields, { cookie, origin })).toBe(303);
  expect(await post(`${page}/label`, { label: 'convoy', key }, { cookie, origin })).toBe(303);
  expect(await post(`${page}/close`, { key }, { cookie, origin })).toBe(303);
  expect(await post(`${page}/merge`, { key }, { cookie, origin })).toBe(404);
  const after = (await user.rest.issues.get({ ...here, issue_number: 1 })).data;
  expect(after).toMatchObject({ comments: 1, state: 'closed', labels: [{ name: 'convoy' }] });
});

test('private repositories are shown to sessions alone, and what is not there is not found', async () => {
  await under.forge.createRepository({ owner, name: 'hidden', private: true });
  const cookie = await session();
  expect((await visit(`/${owner}/hidden/issues`)).status).toBe(404);
  expect((await visit('/')).text).not.toContain('hidden');
  expect((await visit(`/${owner}/hidden/issues`, { headers: { cookie } })).status).toBe(200);
  for (const path of [
    '/nobody/nothing',
    `/${owner}/${repo}/issues/99`,
    `/${owner}/${repo}/commit/HEAD`,
    '/..%2fx',
  ]) {
    expect((await visit(path)).status).toBe(404);
  }
});

test('a person acts as whom the link or the page says, with the rights of that user', async () => {
  const user = under.as(under.forge.userToken);
  await user.rest.issues.create({ ...here, title: 'One' });
  for (const login of ['mel', 'rita']) await under.forge.addUser({ login });
  const cookie = (await visit(new URL(under.forge.pageLink('mel')).pathname)).cookie;
  const origin = under.forge.html;
  const page = `/${owner}/${repo}/issues/1`;
  const { text } = await visit(page, { headers: { cookie } });
  expect(text).toContain('<option value="mel" selected>');
  const key = /name="key" value="([\w-]+)"/.exec(text)?.[1] ?? '';
  const send = (path: string, fields: Record<string, string>) =>
    post(path, { ...fields, key }, { cookie, origin, referer: `${origin}${page}` });
  expect(await send(`${page}/comment`, { body: 'Mine' })).toBe(303);
  expect(await send(`${page}/label`, { label: 'bug' })).toBe(403);
  expect(await send('/_page/act-as', { login: 'nobody' })).toBe(404);
  expect(await send('/_page/act-as', { login: 'rita' })).toBe(303);
  expect(await send(`${page}/comment`, { body: 'Hers' })).toBe(303);
  expect(await send('/_page/act-as', { login: '' })).toBe(303);
  expect(await send(`${page}/label`, { label: 'bug' })).toBe(303);
  const comments = (await user.rest.issues.listComments({ ...here, issue_number: 1 })).data;
  expect(comments.map((one) => one.user?.login)).toEqual(['mel', 'rita']);
});
