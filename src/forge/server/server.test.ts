import http from 'node:http';
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

async function call(
  method: string,
  path: string,
  body?: string,
): Promise<{ status: number; body: { message: string } }> {
  const authorization = `Bearer ${under.forge.userToken}`;
  const init = { method, headers: { authorization }, ...(body === undefined ? {} : { body }) };
  const answer = await fetch(under.forge.api + path, init);
  return { status: answer.status, body: (await answer.json()) as { message: string } };
}

test('malformed bodies are answered as GitHub answers them', async () => {
  const issues = `/repos/${owner}/${repo}/issues`;
  expect(await call('POST', issues, '{"title":')).toMatchObject({
    status: 400,
    body: { message: 'Problems parsing JSON' },
  });
  expect(await call('POST', issues, '"text"')).toMatchObject({ status: 400 });
  expect(await call('POST', issues, '{}')).toMatchObject({
    status: 422,
    body: { message: 'Invalid request.\n\n"title" wasn\'t supplied.' },
  });
  expect(await call('POST', issues, '{"title":"x","assignees":3}')).toMatchObject({
    status: 422,
    body: { message: "Invalid request.\n\nFor 'properties/assignees', 3 is not an array." },
  });
  expect(await call('POST', issues, '{"title":"  "}')).toMatchObject({
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ resource: 'Issue', code: 'missing_field', field: 'title' }],
    },
  });
});

test('a body that is too long is 413, a media type that GitHub does not speak 415, and neither does anything', async () => {
  const url = `${under.forge.api}/repos/${owner}/${repo}/issues`;
  const authorization = `Bearer ${under.forge.userToken}`;
  const post = (accept: string) =>
    fetch(url, { method: 'POST', headers: { authorization, accept }, body: '{"title":"x"}' });
  const strange = await post('text/html');
  expect([strange.status, await strange.json()]).toMatchObject([415, { message: /Unsupported 'Accept'/ }]);
  expect((await post('text/html, application/vnd.github+json; q=0.9')).status).toBe(201);
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 141) controller.close();
      else controller.enqueue(chunk);
    },
  });
  let sent = 0;
  const long = await fetch(url, { method: 'POST', headers: { authorization }, body, duplex: 'half' });
  expect(long.status).toBe(413);
  expect((await under.as(under.forge.userToken).rest.issues.listForRepo(here)).data).toHaveLength(1);
});

test('a route that is not served says so with 501', async () => {
  expect(await call('GET', '/orgs/acme/teams')).toMatchObject({
    status: 501,
    body: { message: /docs\/forge\.md/ },
  });
});

test('tricks in paths find nothing', async () => {
  for (const path of [
    '/repos/..%2f..%2fetc/passwd',
    '/repos/acme/%00',
    '/repos/%ff/x',
    `/repos/${owner}/${repo}/contents/..%2f..%2fHEAD`,
  ]) {
    expect([404, 501]).toContain((await call('GET', path)).status);
  }
  expect(
    (await call('PUT', `/repos/${owner}/${repo}/contents/.git/config`, '{"message":"x","content":""}'))
      .status,
  ).toBe(422);
});

test('lists are paged with links, and an unchanged answer is 304', async () => {
  const user = under.as(under.forge.userToken);
  for (let number = 1; number <= 5; number += 1)
    await user.rest.issues.create({ ...here, title: `Issue ${number}` });
  const first = await user.rest.issues.listForRepo({ ...here, per_page: 2 });
  expect(first.data.map((issue) => issue.number)).toEqual([5, 4]);
  expect(first.headers.link).toMatch(/per_page=2&page=2>; rel="next".*page=3>; rel="last"/);
  const all = await user.paginate(user.rest.issues.listForRepo, { ...here, per_page: 2 });
  expect(all.map((issue) => issue.number)).toEqual([5, 4, 3, 2, 1]);
  const headers = { 'if-none-match': String(first.headers.etag) };
  const again = user.rest.issues.listForRepo({ ...here, per_page: 2, headers });
  await expect(again).rejects.toMatchObject({ status: 304 });
  await user.rest.issues.create({ ...here, title: 'Sixth' });
  expect((await user.rest.issues.listForRepo({ ...here, per_page: 2, headers })).status).toBe(200);
});

test('every address in an answer is of the host that was asked, and foreign hosts are not answered', async () => {
  const { port } = new URL(under.forge.api);
  const answer = await fetch(`http://localhost:${port}/api/v3/repos/${owner}/${repo}`);
  const body = (await answer.json()) as { url: string; clone_url: string };
  expect(body.url).toBe(`http://localhost:${port}/api/v3/repos/${owner}/${repo}`);
  expect(body.clone_url).toBe(`http://localhost:${port}/${owner}/${repo}.git`);
  const status = await new Promise((resolve) => {
    http.get(
      { port, host: '127.0.0.1', path: '/api/v3/rate_limit', headers: { host: 'evil.example' } },
      (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      },
    );
  });
  expect(status).toBe(421);
});

test('clients that hang up in the middle of a request leave it serving', async () => {
  for (let count = 0; count < 20; count += 1) {
    await new Promise<void>((resolve) => {
      const request = http.request(`${under.forge.api}/repos/${owner}/${repo}/issues`, { method: 'POST' });
      request.on('error', () => resolve());
      request.write('{"title":', () => request.destroy(new Error('gone')));
    });
  }
  expect((await call('GET', `/repos/${owner}/${repo}`)).status).toBe(200);
});
