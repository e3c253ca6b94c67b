import type { Task } from '../world/task.ts';
import { rig, type World } from '../world/world.ts';

/** What GitHub must hold at the end: each thing once, and all of it closed. Gives one sentence for each that is wrong. */
export async function findOnGitHub({ owner }: World, tasks: readonly Task[]): Promise<string[]> {
  const wrong: string[] = [];
  const issues = await owner.paginate(owner.rest.issues.listForRepo, { ...rig, state: 'all', per_page: 100 });
  const titles = issues.filter((one) => !one.pull_request).map(({ title }) => title);
  const expected = tasks.flatMap((task) => [task.title, ...task.beads.map((bead) => bead.title)]);
  for (const title of expected) {
    const times = titles.filter((one) => one === title).length;
    if (times !== 1) wrong.push(`the issue "${title}" is there ${times} times`);
  }
  if (titles.length !== expected.length)
    wrong.push(`there are ${titles.length} issues and not ${expected.length}`);
  for (const { number, title, state } of issues)
    if (state !== 'closed') wrong.push(`#${number} "${title}" is ${state}`);
  for (const { number, title, pull_request } of issues) {
    const comments = await owner.paginate(owner.rest.issues.listComments, {
      ...rig,
      issue_number: number,
      per_page: 100,
    });
    const bodies = comments.map(({ body }) => body ?? '');
    if (new Set(bodies).size !== bodies.length) wrong.push(`#${number} holds a comment twice`);
    const convoy = tasks.some((task) => task.title === title) && !pull_request;
    if (convoy && bodies.length === 0) wrong.push(`#${number} "${title}" has no status comment`);
  }
  const pulls = await owner.paginate(owner.rest.pulls.list, { ...rig, state: 'all', per_page: 100 });
  if (pulls.length !== tasks.length)
    wrong.push(`there are ${pulls.length} pull requests for ${tasks.length} convoys`);
  for (const pull of pulls)
    if (pull.merged_at === null) wrong.push(`pull request #${pull.number} is not merged`);
  const { data: branches } = await owner.rest.repos.listBranches({ ...rig, per_page: 100 });
  const names = branches.map(({ name }) => name);
  if (names.length !== 1) wrong.push(`these branches are left: ${names.join(', ')}`);
  return wrong;
}
