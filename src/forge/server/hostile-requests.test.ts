import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { operations } from '../routes/operations.ts';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

let under: ForgeUnderTest;

beforeEach(async () => {
  under = await forgeUnderTest();
  const user = under.as(under.forge.userToken);
  const here = { owner, repo };
  const put = { ...here, message: 'x', content: 'eA==' };
  const made = await user.rest.repos.createOrUpdateFileContents({ ...put, path: 'a.txt' });
  await user.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha: String(made.data.commit.sha) });
  await user.rest.repos.createOrUpdateFileContents({ ...put, path: 'b.txt', branch: 'topic' });
  await user.rest.issues.create({ ...here, title: 'One', labels: ['bug'] });
  await user.rest.pulls.create({ ...here, title: 'Two', head: 'topic', base: 'main' });
});

afterEach(async () => {
  await under.close();
});

/** What a path parameter may be asked to be: right, wrong, or meant to escape. */
const parameter = fc.oneof(
  fc.constantFrom('1', '2', 'main', 'topic', 'heads/main', 'bug', 'a.txt', owner, 'main...topic'),
  fc.constantFrom(
    '..',
    '../../x',
    '.git/config',
    '-rf',
    '--upload-pack=x',
    'HEAD^{/x}',
    '@{-1}',
    ':(top)x',
    'refs/heads/a..b',
    '*',
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text !== '' && text.isWellFormed()),
);

/** Values under names that bodies use, so that some pass the schemas and meet the handlers. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    'x',
    '',
    '\u0000',
    'main',
    'topic',
    '../x',
    '--x',
    1,
    -1,
    0,
    1e15,
    true,
    null,
    [],
    {},
    '0'.repeat(40),
    'f'.repeat(40),
    'HEAD',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const names = [
  'title',
  'body',
  'state',
  'labels',
  'assignees',
  'name',
  'color',
  'sha',
  'ref',
  'tree',
  'base',
  'head',
  'base_tree',
  'parents',
  'message',
  'content',
  'event',
  'comments',
  'path',
  'line',
  'reviewers',
  'head_sha',
  'conclusion',
  'output',
  'sub_issue_id',
  'issue_id',
  'permission',
  'context',
  'default_branch',
  'new_name',
  'event_type',
  'client_payload',
  'inputs',
];
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 }).map((object) => JSON.stringify(object)),
  fc.jsonValue().map((json) => JSON.stringify(json)),
  fc.string(),
);

test('no request, however wrong, is a defect of the forge or leaves a file outside its folder', async () => {
  const tried = operations.filter((one) => !['repos/transfer', 'repos/update'].includes(one.operationId));
  const request = fc.record({
    operation: fc.constantFrom(...tried),
    parameters: fc.array(parameter, { minLength: 4, maxLength: 4 }),
    body,
    token: fc.constantFrom(under.forge.userToken, await under.installationToken(), under.appJwt()),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, parameters, body: text, token }) => {
      const values = [...parameters];
      const target = operation.path
        .replace('{owner}/{repo}', `${owner}/${repo}`)
        .replaceAll(/\{\w+\}/g, () => encodeURIComponent(values.pop() ?? '1').replaceAll('%2F', '/'));
      const init = {
        method: operation.method,
        headers: { authorization: `Bearer ${token}` },
        redirect: 'manual' as const,
      };
      const sends = operation.method !== 'GET';
      const answer = await fetch(under.forge.api + target, { ...init, ...(sends ? { body: text } : {}) });
      const said = await answer.text();
      expect(answer.status, `${operation.method} ${target} ${text}: ${said}`).not.toBe(500);
    }),
    { numRuns: 250, endOnFailure: true },
  );
  const root = path.dirname(path.dirname(under.bare));
  expect((await readdir(root)).sort()).toEqual(['hooks', 'repositories']);
  expect(await readdir(path.join(root, 'repositories'))).toEqual([path.basename(under.bare)]);
  expect(await readFile(path.join(under.bare, 'config'), 'utf8')).toContain('hideRefs = refs/pull');
});
