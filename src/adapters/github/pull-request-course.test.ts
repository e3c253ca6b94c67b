import { expect, test } from 'vitest';
import { answeringGitHub, json } from '../../testing/town-under-test/answering-github.ts';
import { pullRequestCourse } from './pull-request-course.ts';

const pull = (change: object) => ({
  number: 9,
  node_id: 'PR_9',
  draft: false,
  merged: false,
  auto_merge: null,
  mergeable_state: 'blocked',
  ...change,
});
const sha = 'c'.repeat(40);
const refusal = (type: string) => ({ data: null, errors: [{ type, message: 'no' }] });

/** What was asked by GraphQL, and how the pull request was merged by REST. */
async function course(shown: object, answer: object, rig: object = {}) {
  const asked: { query: string; variables: object }[] = [];
  const merges: object[] = [];
  const client = await answeringGitHub({
    'GET /repos/ann/rig/pulls/9': json(pull(shown)),
    'GET /repos/ann/rig': json({ allow_merge_commit: true, ...rig }),
    'POST /graphql': (response, { body, origin }) => {
      asked.push(JSON.parse(body));
      json(answer)(response, { body, origin });
    },
    'PUT /repos/ann/rig/pulls/9/merge': (response, { body, origin }) => {
      merges.push(JSON.parse(body));
      json({ merged: true })(response, { body, origin });
    },
  });
  return { ...pullRequestCourse(client), asked, merges };
}

test('auto-merge is asked for by GraphQL, for exactly this head, in a way that the repository allows', async () => {
  const one = await course({}, { data: { enablePullRequestAutoMerge: {} } });
  expect(await one.autoMerge(9, sha)).toBe('enabled');
  expect(one.asked[0]?.query).toContain('enablePullRequestAutoMerge');
  expect(one.asked[0]?.variables).toEqual({ id: 'PR_9', head: sha, how: 'MERGE' });
  const other = await course({}, { data: {} }, { allow_merge_commit: false, allow_squash_merge: true });
  await other.autoMerge(9, sha);
  expect(other.asked[0]?.variables).toMatchObject({ how: 'SQUASH' });
});

test('what could be merged at once is refused by it, and so merged at that head', async () => {
  const one = await course({ mergeable_state: 'clean' }, refusal('UNPROCESSABLE'));
  expect(await one.autoMerge(9, sha)).toBe('merged');
  expect(one.merges).toEqual([{ sha, merge_method: 'merge' }]);
});

test('what the rules forbid is an answer, and nothing is merged', async () => {
  const one = await course({}, refusal('FORBIDDEN'));
  expect(await one.autoMerge(9, sha)).toBe('refused');
  expect(one.merges).toEqual([]);
});

test('what is merged or asked for already is asked for no more', async () => {
  const merged = await course({ merged: true }, {});
  expect(await merged.autoMerge(9, sha)).toBe('merged');
  const enabled = await course({ auto_merge: { merge_method: 'merge' } }, {});
  expect(await enabled.autoMerge(9, sha)).toBe('enabled');
  expect([...merged.asked, ...enabled.asked]).toEqual([]);
});

test('a draft begins and ends by GraphQL; a plan without drafts is an answer', async () => {
  const ready = await course({ draft: true }, { data: { markPullRequestReadyForReview: {} } });
  expect(await ready.setDraft(9, false)).toBe('done');
  expect(ready.asked[0]?.query).toContain('markPullRequestReadyForReview');
  const none = await course({}, refusal('UNPROCESSABLE'));
  expect(await none.setDraft(9, true)).toBe('refused');
  const stands = await course({ draft: true }, {});
  expect(await stands.setDraft(9, true)).toBe('done');
  expect(stands.asked).toEqual([]);
});
