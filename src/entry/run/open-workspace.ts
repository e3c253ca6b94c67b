import { existsSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inspectWorkspace, type WorkspaceState } from '../../adapters/git/workspace/inspect-workspace.ts';
import {
  firstCommit,
  hideTownFolder,
  makeWorkspaceRepository,
} from '../../adapters/git/workspace/prepare-workspace.ts';
import { userGit } from '../../adapters/git/workspace/user-git.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { RunOptions } from '../../faces/cli/options/run-options.ts';

export interface OpenWorkspace {
  readonly folder: string;
  /** The commit that the convoy is based on. */
  readonly head: string;
  readonly branch: string;
  /** Nothing was in it when it was first used: the result is checked out at the end. */
  readonly wasEmpty: boolean;
}

/** Checks a workspace and makes it a repository where it is none. Rejects with `CannotRun` before it has changed anything. */
export async function openWorkspace(options: RunOptions): Promise<OpenWorkspace> {
  const folder = options.workspace;
  const state = await inspectWorkspace(folder);
  refuse(state, options);
  await requireWritable(folder, state);
  if (state.kind !== 'repository') await makeWorkspaceRepository(folder);
  else if (state.head === null) await firstCommit(folder);
  await hideTownFolder(folder);
  const now = await inspectWorkspace(folder);
  if (now.kind !== 'repository' || now.head === null) {
    throw new CannotRun('workspace', `${folder} could not be made a git repository.`);
  }
  return { folder, head: now.head, branch: await branchOf(folder, now.branch), wasEmpty: now.bare };
}

const pathsNamed = 3;

function refuse(state: WorkspaceState, { workspace, allowDirty }: RunOptions): void {
  if (state.kind === 'file') throw new CannotRun('workspace', `${workspace} is a file: name a folder.`);
  if (state.kind === 'subfolder') {
    throw new CannotRun(
      'workspace',
      `${workspace} lies inside the repository ${state.top}: name that as the workspace.`,
    );
  }
  if (state.kind !== 'repository' || state.dirty.length === 0 || allowDirty) return;
  const some = state.dirty.slice(0, pathsNamed).join(', ');
  const more = state.dirty.length > pathsNamed ? ` and ${state.dirty.length - pathsNamed} more` : '';
  throw new CannotRun(
    'workspace',
    `${workspace} has uncommitted changes (${some}${more}): commit or stash them, or add --allow-dirty to leave them out.`,
  );
}

async function requireWritable(folder: string, state: WorkspaceState): Promise<void> {
  try {
    if (state.kind === 'missing') await makeFolder(folder);
    await access(state.kind === 'missing' ? dirname(folder) : folder, constants.W_OK);
  } catch (error) {
    throw new CannotRun(
      'workspace',
      `${folder} can't be written: choose another --workspace or mend its permissions.`,
      {
        cause: error,
      },
    );
  }
}

/** One folder at a time: where the system takes none, as in `/proc`, Node's recursive way tries for ever. */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  if (!existsSync(parent)) await makeFolder(parent);
  await mkdir(folder);
}

/** The branch that the forge knows the base by: the one checked out, or `main` for a detached head. */
async function branchOf(folder: string, branch: string | null): Promise<string> {
  if (branch !== null && !branch.startsWith('gas-town/')) return branch;
  const main = await userGit(folder, ['branch', '--list', '--format=%(refname:short)', 'main', 'master']);
  return main.split('\n')[0] || 'main';
}
