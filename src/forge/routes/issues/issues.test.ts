import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;

beforeAll(async () => {
  under = await forgeUnderTest();
  user = under.as(under.forge.userToken);
});

afterAll(async () => {
  expect(await under.close()).toEqual([]);
});

async function issue(title: string): Promise<{ id: number; number: number }> {
  return (await user.rest.issues.create({ ...here, title })).data;
}

const failed = (part: RegExp) => ({ status: 422, message: expect.stringMatching(part) });

test('bodies end at 65,536 characters', async () => {
  const longest = 'x'.repeat(65_536);
  const { number } = await issue('Long');
  const one = { ...here, issue_number: number };
  expect((await user.rest.issues.createComment({ ...one, body: longest })).status).toBe(201);
  await expect(user.rest.issues.createComment({ ...one, body: `${longest}x` })).rejects.toMatchObject(
    failed(/too long/),
  );
  await expect(user.rest.issues.create({ ...here, title: 'x', body: `${longest}x` })).rejects.toMatchObject(
    failed(/too long/),
  );
  await expect(user.rest.issues.update({ ...one, title: 'x'.repeat(257) })).rejects.toMatchObject(
    failed(/too long/),
  );
});

test('a sub-issue has one parent, no cycle, no doubles, and an id that is not a number', async () => {
  const [a, b, c] = [await issue('a'), await issue('b'), await issue('c')];
  const add = (parent: { number: number }, sub_issue_id: number, replace_parent = false) =>
    user.rest.issues.addSubIssue({ ...here, issue_number: parent.number, sub_issue_id, replace_parent });
  await add(a, b.id);
  await expect(add(c, b.id)).rejects.toMatchObject(failed(/only have one parent/));
  await expect(add(a, b.id)).rejects.toMatchObject(failed(/duplicate/));
  await expect(add(b, a.id)).rejects.toMatchObject(failed(/cycle/));
  await expect(add(a, a.id)).rejects.toMatchObject(failed(/cycle/));
  await expect(add(a, c.number)).rejects.toMatchObject({ status: 404 });
  await expect(
    user.request('POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
      ...here,
      issue_number: a.number,
      // The number as text, which a client in another language may send.
      ...({ sub_issue_id: String(c.id) } as unknown as { sub_issue_id: number }),
    }),
  ).rejects.toMatchObject(failed(/not an? /));
  expect((await add(c, b.id, true)).data.sub_issues_summary?.total).toBe(1);
  expect(
    (await user.rest.issues.get({ ...here, issue_number: a.number })).data.sub_issues_summary?.total,
  ).toBe(0);
});

test('trees end at 8 levels and 100 children', async () => {
  const add = (issue_number: number, sub_issue_id: number) =>
    user.rest.issues.addSubIssue({ ...here, issue_number, sub_issue_id });
  let above = await issue('level 1');
  for (let level = 2; level <= 8; level += 1) {
    const next = await issue(`level ${level}`);
    await add(above.number, next.id);
    above = next;
  }
  const ninth = await issue('level 9');
  await expect(add(above.number, ninth.id)).rejects.toMatchObject(failed(/8 levels/));
  const parent = await issue('wide');
  for (let child = 0; child < 100; child += 1) await add(parent.number, (await issue(`child ${child}`)).id);
  await expect(add(parent.number, ninth.id)).rejects.toMatchObject(failed(/more than 100/));
});

test('dependencies have no cycle, no doubles, and end at 50', async () => {
  const [a, b] = [await issue('a'), await issue('b')];
  const block = (issue_number: number, issue_id: number) =>
    user.rest.issues.addBlockedByDependency({ ...here, issue_number, issue_id });
  await block(a.number, b.id);
  await expect(block(a.number, b.id)).rejects.toMatchObject(failed(/already been taken/));
  await expect(block(b.number, a.id)).rejects.toMatchObject(failed(/cycle/));
  await expect(block(a.number, a.id)).rejects.toMatchObject(failed(/itself/));
  await expect(block(a.number, 1)).rejects.toMatchObject({ status: 404 });
  for (let count = 1; count < 50; count += 1) await block(a.number, (await issue(`blocker ${count}`)).id);
  await expect(block(a.number, (await issue('one more')).id)).rejects.toMatchObject(failed(/at most 50/));
});

test('a label that is not there, or not on the issue, is told apart from the issue', async () => {
  const { number } = await issue('Unlabelled');
  const one = { ...here, issue_number: number };
  await expect(user.rest.issues.removeLabel({ ...one, name: 'bug' })).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('Label does not exist'),
  });
  await expect(user.rest.issues.createLabel({ ...here, name: 'BUG' })).rejects.toMatchObject(
    failed(/already_exists/),
  );
  await expect(user.rest.issues.createLabel({ ...here, name: 'x', color: '#fff' })).rejects.toMatchObject(
    failed(/invalid/),
  );
  await expect(user.rest.issues.createLabel({ ...here, name: 'x'.repeat(51) })).rejects.toMatchObject(
    failed(/too long/),
  );
});

test('a locked issue takes comments of writers alone', async () => {
  const { number } = await issue('Locked');
  const stranger = under.as((await under.forge.addUser({ login: 'stranger' })).token);
  await user.rest.issues.lock({ ...here, issue_number: number });
  const comment = { ...here, issue_number: number, body: 'Hello' };
  await expect(stranger.rest.issues.createComment(comment)).rejects.toMatchObject({ status: 403 });
  expect((await user.rest.issues.createComment(comment)).status).toBe(201);
});
