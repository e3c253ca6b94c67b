import { CannotRun } from '../faces/cli/cannot-run.ts';
import type { SayAction } from '../faces/cli/commands/say-command.ts';
import { exitStatus } from '../faces/cli/exit-status.ts';
import { readTown } from '../faces/cli/town/read-town.ts';
import { commentOnForge } from './say/say-on-forge.ts';

const told = {
  heard: 'Said. The run that is at work answers on the issue.',
  kept: 'Said. Nobody is at work; the next gastown run answers on the issue.',
} as const;

/** `gastown say`: a person's words on an issue of the workspace's own GitHub. */
export const sayAction: SayAction = async ({ issue, words, workspace, json }) => {
  const convoys = readTown({ workspace, cwd: workspace }, (memory) => memory.convoys);
  const repository = convoys.at(-1)?.opened.repository;
  if (!repository) throw new CannotRun('notFound', `The town of ${workspace} has opened no convoy yet.`);
  const { status } = await commentOnForge(workspace, { repository, issue }, words);
  if (status === 'no-issue') throw new CannotRun('notFound', `There is no issue #${issue}.`);
  process.stdout.write(json ? `${JSON.stringify({ issue, words, status })}\n` : `${told[status]}\n`);
  return exitStatus.ok.code;
};
