import { expect, test } from 'vitest';
import { issueNumberOf, statusCommentOf } from '../../domain/convoy/mirror-receipts.ts';
import { standingConvoy } from '../../testing/town/standing-convoy.ts';
import { type Hub, HubFailed } from '../ports/hub.ts';

/** What was made, and GitHub neither answers nor shows for now. */
interface Hidden {
  readonly issues: Set<number>;
  readonly comments: Set<number>;
}

const lost = (operation: string): never => {
  throw new HubFailed({ operation, status: 502, outcome: 'unknown', retryAt: null, message: 'lost' });
};

/** The first issue for Beta and the first comment are made; their answers are lost, and they show only later. */
function forgetful(hub: Hub, hidden: Hidden, shown: () => boolean): Hub {
  return {
    ...hub,
    listIssuesSince: async (since) =>
      (await hub.listIssuesSince(since)).filter(({ number }) => shown() || !hidden.issues.has(number)),
    listComments: async (issue, since) =>
      (await hub.listComments(issue, since)).filter(({ id }) => shown() || !hidden.comments.has(id)),
    createIssue: async (issue) => {
      const made = await hub.createIssue(issue);
      if (issue.title !== 'Beta' || hidden.issues.size > 0) return made;
      hidden.issues.add(made.number);
      return lost('create an issue');
    },
    createComment: async (issue, body) => {
      const made = await hub.createComment(issue, body);
      if (hidden.comments.size > 0) return made;
      hidden.comments.add(made.id);
      return lost('create a comment');
    },
  };
}

test('an issue and a comment that were made twice after all are closed as doubles, and say so', async () => {
  const hidden: Hidden = { issues: new Set(), comments: new Set() };
  let shown = false;
  const { town, issue, at } = await standingConvoy({
    parts: ({ hubs }) => ({
      hubs: {
        ...hubs,
        open: async (repository) => forgetful(await hubs.open(repository), hidden, () => shown),
      },
    }),
  });
  const [double = 0] = hidden.issues;
  const [comment_id = 0] = hidden.comments;
  const first = issueNumberOf(town.convoy(issue), 2);
  expect(first).not.toBe(double);
  expect(statusCommentOf(town.convoy(issue))).not.toBe(comment_id);
  shown = true;
  await town.reconcile();
  const { rest } = town.github.owner;
  const { data: closed } = await rest.issues.get({ ...at, issue_number: double });
  expect([closed.state, closed.state_reason]).toEqual(['closed', 'duplicate']);
  expect(closed.body).toContain(
    `posted twice, because GitHub's answer to the first try was lost: see #${first}`,
  );
  const { data: comment } = await rest.issues.getComment({ ...at, comment_id });
  expect(comment.body).toContain('posted twice');
  expect(town.convoy(issue).hands).toEqual([]);
});
