import { RequestError } from '@octokit/request-error';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { InitAction, InitOptions } from '../../faces/cli/commands/init-command.ts';
import { exitStatus } from '../../faces/cli/exit-status.ts';
import { packageVersion } from '../package-folder.ts';
import { askOverwrite } from './ask-overwrite.ts';
import { createLabels, townLabels } from './create-labels.ts';
import { initNotes } from './init-notes.ts';
import { ownWorkflows } from './own-workflows.ts';
import { plannedFiles, workflowPath } from './planned-files.ts';
import { type WrittenFile, writeFiles } from './write-files.ts';

/** `gastown init`. Status `workspace` where a file that differs was left as it is. */
export const initAction: InitAction = async (options) => {
  const uses = options.uses ?? `gas-town-on-github/gas-town@v${packageVersion()}`;
  const plan = {
    uses,
    app: options.app,
    appToken: options.appToken,
    ownWorkflows: await ownWorkflows(options.folder, workflowPath),
  };
  const files = await writeFiles(
    options.folder,
    plannedFiles(plan),
    async (path) =>
      options.yes ||
      (!options.json && (await askOverwrite(path, { input: process.stdin, output: process.stdout }))),
  );
  const labels = await labelsOf(options);
  const notes = [...labelNotes(labels), ...initNotes(plan)];
  const text = options.json ? JSON.stringify({ files, labels, notes }) : told(files, notes);
  process.stdout.write(`${text}\n`);
  return files.some(({ fate }) => fate === 'kept') ? exitStatus.workspace.code : exitStatus.ok.code;
};

/** Those that were created; null where none was asked for. */
async function labelsOf({ repository }: InitOptions): Promise<readonly string[] | null> {
  if (repository === null) return null;
  const token = process.env.GITHUB_TOKEN || process.env.GH_TOKEN;
  if (!token) throw new CannotRun('usage', 'To create labels, set GITHUB_TOKEN, or leave --repository out.');
  const baseUrl = (process.env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/$/, '');
  try {
    return await createLabels({ ...repository, token, baseUrl });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const where = `${repository.owner}/${repository.name}`;
    throw new CannotRun('usage', `The labels could not be created in ${where}: ${error.message}.`, {
      cause: error,
    });
  }
}

function labelNotes(created: readonly string[] | null): readonly string[] {
  if (created !== null) return [];
  const commands = townLabels.map(
    ({ name, color, description }) =>
      `gh label create ${name} --color ${color} --description "${description}"`,
  );
  return [['Create the labels, or run this again with --repository:', ...commands].join('\n    ')];
}

function told(files: readonly WrittenFile[], notes: readonly string[]): string {
  const fates = {
    written: 'written',
    overwritten: 'written anew',
    same: 'is as it should be',
    kept: 'left as it was',
  };
  return [
    ...files.map(({ path, fate }) => `${path}: ${fates[fate]}`),
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}
