import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fastForward, fetchObjects } from '../../adapters/git/workspace/exchange.ts';
import type { View } from '../../faces/cli/view/view.ts';
import { commit, opened, pullRequestOpened, verification } from '../../testing/convoy/convoy-events.ts';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { userRepository } from '../../testing/git/user-repository.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import { deliverResult, isDelivered } from './deliver-result.ts';

const head = 'gas-town/convoy-12';
const view: View = {
  recall: () => undefined,
  event: () => undefined,
  progress: () => undefined,
  notice: () => undefined,
  summary: () => undefined,
  close: async () => undefined,
};

/** A workspace with one commit, and a remote whose convoy branch is one commit ahead of it. */
async function finished() {
  const folder = await temporaryFolder();
  const mine = await userRepository(join(folder, 'mine'));
  const base = await mine.commit('Begin', { 'README.md': 'Mine.\n' });
  const remote = { url: join(folder, 'forge'), token: null };
  await mine.git('clone', '--quiet', '--no-local', mine.path, remote.url);
  const forge = await userRepository(remote.url);
  await forge.branch(head, base);
  const sha = await forge.commit('Made', { made: 'x\n' });
  const shown = pullRequestOpened(sha);
  const convoy = convoyAfter(
    opened({ base: { branch: 'main', commit: commit('a') } }),
    { type: 'IntegrationVerified', data: verification([], sha, 0) },
    { ...shown, data: { ...shown.data, head } },
  );
  const workspace = { folder: mine.path, head: base, branch: 'main', wasEmpty: false };
  return { mine, base, remote, sha, convoy, workspace };
}

const options = (merge: boolean) => ({ merge }) as Parameters<typeof deliverResult>[3];

test('the branch is brought in, and the current branch only where that is asked for', async () => {
  const { mine, base, remote, sha, convoy, workspace } = await finished();
  await deliverResult(convoy, remote, workspace, options(false), view);
  expect([await mine.git('rev-parse', 'HEAD'), await mine.git('rev-parse', head)]).toEqual([base, sha]);
  await deliverResult(convoy, remote, workspace, options(true), view);
  expect(await mine.git('rev-parse', 'HEAD')).toBe(sha);
});

test('cut off after the fast-forward it counts as not delivered, and is done again to its end', async () => {
  const { mine, remote, sha, convoy, workspace } = await finished();
  await fetchObjects(workspace.folder, remote, head);
  await fastForward(workspace.folder, sha);
  expect(await isDelivered(convoy, workspace.folder)).toBe(false);
  await deliverResult(convoy, remote, workspace, options(true), view);
  expect(await isDelivered(convoy, workspace.folder)).toBe(true);
  expect([await mine.git('rev-parse', 'HEAD'), await mine.git('status', '--porcelain')]).toEqual([sha, '']);
});
