import { expect } from 'vitest';
import { type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };

/** Every operation that changes the repository itself or protects its branches; leaves it as it was. Needs a `topic` branch. */
export async function tourRepositories(under: ForgeUnderTest): Promise<void> {
  const user = under.as(under.forge.userToken);
  const changed = await user.rest.repos.update({
    ...here,
    description: 'Widgets',
    default_branch: 'topic',
    private: true,
  });
  expect(changed.data).toMatchObject({
    description: 'Widgets',
    default_branch: 'topic',
    visibility: 'private',
  });
  await user.rest.repos.update({ ...here, default_branch: 'main', private: false, archived: true });
  await expect(user.rest.issues.create({ ...here, title: 'x' })).rejects.toMatchObject({ status: 403 });
  await user.rest.repos.update({ ...here, archived: false });
  const renamed = (await user.rest.repos.update({ ...here, name: 'gadgets' })).data;
  expect(renamed.full_name).toBe(`${owner}/gadgets`);
  expect((await user.rest.repos.get(here)).data.id).toBe(renamed.id);
  await under.forge.addUser({ login: 'heir' });
  const moved = await user.rest.repos.transfer({ owner, repo: 'gadgets', new_owner: 'heir', new_name: repo });
  expect(moved.data.full_name).toBe(`heir/${repo}`);
  const heir = under.as((await under.forge.addUser({ login: 'heir' })).token);
  await heir.rest.repos.transfer({ owner: 'heir', repo, new_owner: owner });
  expect((await user.rest.repos.get(here)).data.full_name).toBe(`${owner}/${repo}`);
  await tourProtection(under);
}

async function tourProtection(under: ForgeUnderTest): Promise<void> {
  const user = under.as(under.forge.userToken);
  const main = { ...here, branch: 'main' };
  await expect(user.rest.repos.getBranchProtection(main)).rejects.toMatchObject({ status: 404 });
  await user.rest.repos.updateBranchProtection({
    ...main,
    required_status_checks: { strict: false, contexts: ['verify'] },
    enforce_admins: true,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  });
  const rules = (await user.rest.repos.getBranchProtection(main)).data;
  expect(rules.required_pull_request_reviews?.required_approving_review_count).toBe(1);
  expect((await user.rest.repos.getBranch(main)).data.protected).toBe(true);
  const file = { ...main, path: 'x.txt', message: 'x', content: 'eA==' };
  await expect(user.rest.repos.createOrUpdateFileContents(file)).rejects.toMatchObject({ status: 422 });
  await user.rest.repos.deleteBranchProtection(main);
  expect((await user.rest.repos.getBranch(main)).data.protected).toBe(false);
}
