import { join } from 'node:path';
import { RequestError } from '@octokit/request-error';
import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import { readTown } from '../../faces/cli/town/read-town.ts';
import type { SaidResult, Say } from '../../faces/web/dashboard-parts.ts';
import { startForge } from '../../forge/index.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import { quietOctokit } from '../quiet-octokit.ts';
import { type ForgeAtWork, findForge } from './forge-at-work.ts';

export type SaidOnForge =
  /** A run is at work and hears it now. */
  | { readonly status: 'heard' }
  /** It waits on the issue until the next run. */
  | { readonly status: 'kept' }
  | { readonly status: 'no-issue' };

type Place = Pick<Convoy['opened'], 'repository' | 'issue'>;

/** Writes a comment on an issue of a workspace's own GitHub, as its overseer. Rejects with `CannotRun` where neither way is open. */
export async function commentOnForge(workspace: string, place: Place, words: string): Promise<SaidOnForge> {
  const folder = join(workspace, '.gas-town');
  const announced = await findForge(folder);
  const heard = announced === null ? null : await comment(announced, place, words);
  if (heard !== null) return heard ? { status: 'heard' } : { status: 'no-issue' };
  const held = openTownLedger(folder, 'gastown say');
  try {
    const forge = await startForge({ folder: join(folder, 'forge') });
    try {
      const kept = await comment({ api: forge.api, token: forge.userToken }, place, words);
      return { status: kept ? 'kept' : 'no-issue' };
    } finally {
      await forge.close();
    }
  } finally {
    await held.close();
  }
}

/** Whether there is such an issue; null where nobody answers. */
async function comment(
  { api, token }: ForgeAtWork,
  { repository, issue }: Place,
  body: string,
): Promise<boolean | null> {
  const octokit = quietOctokit(api, token);
  try {
    const { owner, name: repo } = repository;
    await octokit.rest.issues.createComment({ owner, repo, issue_number: issue, body });
    return true;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.status === 404) return false;
    if (error.response === undefined) return null;
    throw error;
  }
}

/** The dashboard's way to say something in a workspace. */
export function sayOnForge(workspace: string): Say {
  return async ({ stream, bead }, words): Promise<SaidResult> => {
    const convoy = readTown({ workspace, cwd: workspace }, ({ convoys }) =>
      convoys.find((one) => one.stream === stream),
    );
    const issue = convoy && (bead === null ? convoy.opened.issue : issueNumberOf(convoy, bead));
    if (!convoy || issue === null || issue === undefined) {
      return { status: 'refused', reason: 'There is no issue to say it on yet.' };
    }
    try {
      const said = await commentOnForge(workspace, { repository: convoy.opened.repository, issue }, words);
      return said.status === 'no-issue'
        ? { status: 'refused', reason: 'The issue is gone.' }
        : { status: 'said' };
    } catch (error) {
      if (error instanceof CannotRun) return { status: 'refused', reason: error.message };
      throw error;
    }
  };
}
