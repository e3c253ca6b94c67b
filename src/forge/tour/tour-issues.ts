import { expect } from 'vitest';
import { type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };

/** Every operation on issues, their labels, comments, reactions, sub-issues and dependencies. */
export async function tourIssues(under: ForgeUnderTest): Promise<void> {
  const bot = under.as(await under.installationToken());
  const first = (await bot.rest.issues.create({ ...here, title: 'First', body: 'Text', labels: ['convoy'] }))
    .data;
  const second = (await bot.rest.issues.create({ ...here, title: 'Second', assignees: [owner] })).data;
  expect(first.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual(['convoy']);
  expect(second.assignees?.map((user) => user.login)).toEqual([owner]);
  expect((await bot.rest.issues.get({ ...here, issue_number: first.number })).data.id).toBe(first.id);
  const listed = (await bot.rest.issues.listForRepo({ ...here, labels: 'convoy', state: 'all' })).data;
  expect(listed.map((issue) => issue.number)).toEqual([first.number]);
  const one = { ...here, issue_number: first.number };
  const closed = (
    await bot.rest.issues.update({ ...one, title: 'Renamed', state: 'closed', state_reason: 'not_planned' })
  ).data;
  expect(closed).toMatchObject({ title: 'Renamed', state: 'closed', state_reason: 'not_planned' });
  expect((await bot.rest.issues.update({ ...one, state: 'open' })).data.state_reason).toBe('reopened');
  await bot.rest.issues.addAssignees({ ...one, assignees: [owner] });
  expect((await bot.rest.issues.removeAssignees({ ...one, assignees: [owner] })).data.assignees).toEqual([]);
  await bot.rest.issues.lock({ ...one, lock_reason: 'resolved' });
  await bot.rest.issues.unlock(one);
  await tourLabels(under, first.number);
  await tourComments(under, first.number);
  await tourLinks(under, first, second);
}

async function tourLabels(under: ForgeUnderTest, issue_number: number): Promise<void> {
  const bot = under.as(await under.installationToken());
  const one = { ...here, issue_number };
  const made = (await bot.rest.issues.createLabel({ ...here, name: 'bead', color: 'C5DEF5' })).data;
  expect(made).toMatchObject({ name: 'bead', color: 'c5def5', default: false });
  await bot.rest.issues.updateLabel({ ...here, name: 'bead', new_name: 'a bead', description: 'Work' });
  expect((await bot.rest.issues.getLabel({ ...here, name: 'a bead' })).data.description).toBe('Work');
  expect((await bot.rest.issues.listLabelsForRepo({ ...here, per_page: 100 })).data.length).toBe(11);
  const names = (labels: { name: string }[]) => labels.map((label) => label.name).sort();
  expect(names((await bot.rest.issues.addLabels({ ...one, labels: ['a bead'] })).data)).toEqual([
    'a bead',
    'convoy',
  ]);
  expect(names((await bot.rest.issues.setLabels({ ...one, labels: ['bug', 'a bead'] })).data)).toEqual([
    'a bead',
    'bug',
  ]);
  expect(names((await bot.rest.issues.removeLabel({ ...one, name: 'bug' })).data)).toEqual(['a bead']);
  expect(names((await bot.rest.issues.listLabelsOnIssue(one)).data)).toEqual(['a bead']);
  await bot.rest.issues.removeAllLabels(one);
  await bot.rest.issues.deleteLabel({ ...here, name: 'a bead' });
  await expect(bot.rest.issues.getLabel({ ...here, name: 'a bead' })).rejects.toMatchObject({ status: 404 });
}

async function tourComments(under: ForgeUnderTest, issue_number: number): Promise<void> {
  const bot = under.as(await under.installationToken());
  const comment = (await bot.rest.issues.createComment({ ...here, issue_number, body: 'Hello' })).data;
  expect(comment.user?.type).toBe('Bot');
  const one = { ...here, comment_id: comment.id };
  expect((await bot.rest.issues.updateComment({ ...one, body: 'Hi' })).data.body).toBe('Hi');
  expect((await bot.rest.issues.getComment(one)).data.body).toBe('Hi');
  expect((await bot.rest.issues.listComments({ ...here, issue_number })).data).toHaveLength(1);
  expect((await bot.rest.issues.listCommentsForRepo({ ...here, sort: 'updated' })).data).toHaveLength(1);
  const liked = await bot.rest.reactions.createForIssueComment({ ...one, content: 'eyes' });
  expect(liked.status).toBe(201);
  expect((await bot.rest.reactions.createForIssueComment({ ...one, content: 'eyes' })).status).toBe(200);
  expect((await bot.rest.reactions.listForIssueComment(one)).data).toHaveLength(1);
  expect((await bot.rest.issues.getComment(one)).data.reactions?.eyes).toBe(1);
  await bot.rest.reactions.deleteForIssueComment({ ...one, reaction_id: liked.data.id });
  const rocket = (await bot.rest.reactions.createForIssue({ ...here, issue_number, content: 'rocket' })).data;
  expect((await bot.rest.reactions.listForIssue({ ...here, issue_number })).data).toHaveLength(1);
  await bot.rest.reactions.deleteForIssue({ ...here, issue_number, reaction_id: rocket.id });
  await bot.rest.issues.deleteComment(one);
  await expect(bot.rest.issues.getComment(one)).rejects.toMatchObject({ status: 404 });
}

interface Known {
  readonly number: number;
  readonly id: number;
}

async function tourLinks(under: ForgeUnderTest, parent: Known, child: Known): Promise<void> {
  const bot = under.as(await under.installationToken());
  const third = (await bot.rest.issues.create({ ...here, title: 'Third' })).data;
  const one = { ...here, issue_number: parent.number };
  const linked = (await bot.rest.issues.addSubIssue({ ...one, sub_issue_id: child.id })).data;
  expect(linked.sub_issues_summary?.total).toBe(1);
  await bot.rest.issues.addSubIssue({ ...one, sub_issue_id: third.id });
  await bot.rest.issues.reprioritizeSubIssue({ ...one, sub_issue_id: third.id, before_id: child.id });
  const children = (await bot.rest.issues.listSubIssues(one)).data.map((issue) => issue.number);
  expect(children).toEqual([third.number, child.number]);
  expect((await bot.rest.issues.getParent({ ...here, issue_number: child.number })).data.number).toBe(
    parent.number,
  );
  const second = { ...here, issue_number: child.number };
  await bot.rest.issues.addBlockedByDependency({ ...second, issue_id: third.id });
  expect((await bot.rest.issues.listDependenciesBlockedBy(second)).data.map((issue) => issue.id)).toEqual([
    third.id,
  ]);
  const blocking = await bot.rest.issues.listDependenciesBlocking({ ...here, issue_number: third.number });
  expect(blocking.data.map((issue) => issue.id)).toEqual([child.id]);
  const freed = await bot.rest.issues.removeDependencyBlockedBy({ ...second, issue_id: third.id });
  expect(freed.data.issue_dependencies_summary?.total_blocked_by).toBe(0);
  await bot.rest.issues.removeSubIssue({ ...one, sub_issue_id: child.id });
  await expect(bot.rest.issues.getParent(second)).rejects.toMatchObject({ status: 404 });
}
