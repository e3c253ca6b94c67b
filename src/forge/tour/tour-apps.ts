import { expect } from 'vitest';
import { type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

/** Every operation on Apps, users, the repository and its collaborators. */
export async function tourApps(under: ForgeUnderTest): Promise<void> {
  const { forge, as } = under;
  const app = as(under.appJwt());
  expect((await app.rest.apps.getAuthenticated()).data?.id).toBe(forge.app.id);
  expect((await app.rest.apps.listInstallations()).data).toHaveLength(1);
  const installation_id = forge.app.installationId;
  expect((await app.rest.apps.getInstallation({ installation_id })).data.account?.id).toBeGreaterThan(0);
  expect((await app.rest.apps.getRepoInstallation({ owner, repo })).data.id).toBe(installation_id);
  await app.rest.apps.suspendInstallation({ installation_id });
  await expect(under.installationToken()).rejects.toMatchObject({ status: 403 });
  await app.rest.apps.unsuspendInstallation({ installation_id });

  const bot = as(await under.installationToken());
  const repositories = (await bot.rest.apps.listReposAccessibleToInstallation()).data;
  expect(repositories.repositories.map((one) => one.full_name)).toEqual([`${owner}/${repo}`]);
  await bot.rest.apps.revokeInstallationAccessToken();
  await expect(bot.rest.repos.get({ owner, repo })).rejects.toMatchObject({ status: 401 });

  const user = as(forge.userToken);
  expect((await user.rest.users.getAuthenticated()).data.login).toBe(owner);
  expect((await user.rest.users.getByUsername({ username: 'gas-town[bot]' })).data.type).toBe('Bot');
  expect((await user.rest.rateLimit.get()).data.rate.remaining).toBeGreaterThan(0);
  expect((await user.rest.repos.get({ owner, repo })).data.permissions?.admin).toBe(true);
  await tourCollaborators(under);
}

async function tourCollaborators({ forge, as }: ForgeUnderTest): Promise<void> {
  const user = as(forge.userToken);
  await forge.addUser({ login: 'mel' });
  const mel = { owner, repo, username: 'mel' };
  await expect(user.rest.repos.checkCollaborator(mel)).rejects.toMatchObject({ status: 404 });
  await user.rest.repos.addCollaborator({ ...mel, permission: 'maintain' });
  expect((await user.rest.repos.checkCollaborator(mel)).status).toBe(204);
  expect((await user.rest.repos.getCollaboratorPermissionLevel(mel)).data).toMatchObject({
    permission: 'write',
    role_name: 'maintain',
  });
  const all = (await user.rest.repos.listCollaborators({ owner, repo })).data;
  expect(all.map((one) => [one.login, one.role_name])).toEqual([
    [owner, 'admin'],
    ['mel', 'maintain'],
  ]);
  await user.rest.repos.removeCollaborator(mel);
  expect((await user.rest.repos.getCollaboratorPermissionLevel(mel)).data.permission).toBe('read');
}
