import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { startForge } from '../../forge/index.ts';

/** What the GitHub of a workspace shows once the program has ended: started anew on the same folder, and closed again. */
export async function readGitHub(
  workspace: string,
): Promise<{ issues: string[]; pulls: number; comments: number }> {
  const forge = await startForge({ folder: join(workspace, '.gas-town', 'forge') });
  try {
    const { rest } = new Octokit({ baseUrl: forge.api, auth: forge.userToken });
    const at = { owner: 'overseer', repo: 'workspace' };
    const { data } = await rest.issues.listForRepo({ ...at, state: 'all', direction: 'asc', per_page: 100 });
    const { data: comments } = await rest.issues.listComments({ ...at, issue_number: 1 });
    return {
      issues: data.filter((one) => !one.pull_request).map(({ title }) => title),
      pulls: data.filter((one) => one.pull_request).length,
      comments: comments.length,
    };
  } finally {
    await forge.close();
  }
}
