import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchBranch } from '../../adapters/git/workspace/exchange.ts';
import { townFolder } from '../../adapters/git/workspace/inspect-workspace.ts';
import type { CrewOptions } from '../../faces/cli/commands/crew-command.ts';
import { exitStatus } from '../../faces/cli/exit-status.ts';
import { defaultImage } from '../../faces/cli/options/default-image.ts';
import { forTerminal } from '../../faces/cli/view/for-terminal.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { type OpenTown, openTown } from '../../town/open-town.ts';
import type { Town } from '../../town/town.ts';
import { checkMachine, rigImage } from '../check-machine.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import { assembleTown } from '../run/assemble-town.ts';
import { type LocalGitHub, startLocalGitHub } from '../run/local-github.ts';
import { openWorkspace } from '../run/open-workspace.ts';
import { settingsFromOptions } from '../run/settings-from-options.ts';
import { announceForge, withdrawForge } from '../say/forge-at-work.ts';
import { type CrewLine, openCrewLine } from './crew-line.ts';
import { openConversation } from './open-conversation.ts';

export interface TalkContext {
  readonly env: NodeJS.ProcessEnv;
  /** What the person says, line by line. */
  readonly lines: AsyncIterable<string>;
  readonly print: (text: string) => void;
}

/** `gastown crew`: a talk with a crew member, in the same workspace, ledger and GitHub as `gastown run`. Gives the exit status. */
export async function talkWithCrew(options: CrewOptions, context: TalkContext): Promise<number> {
  const { run, name } = options;
  const image = run.image === defaultImage ? rigImage : run.image;
  const machine = await checkMachine({ image, models: run.models }, context.env);
  const workspace = await openWorkspace(run);
  const folder = join(workspace.folder, townFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ledger = openTownLedger(folder, 'gastown crew');
  const inbound: { town: OpenTown | null } = { town: null };
  try {
    const github = await startLocalGitHub(folder, workspace, async (delivery) => {
      if (inbound.town === null) throw new Error('The town is not open yet.');
      await inbound.town.receive(delivery);
    });
    try {
      const settings = settingsFromOptions(run, image);
      const onProgress = (progress: Parameters<Town['onProgress']>[0]): void => {
        if (progress.kind === 'trouble') context.print(`Trouble: ${forTerminal(progress.message)}`);
      };
      const { env } = context;
      const parts = await assembleTown({ machine, settings, folder, ledger, github, env, onProgress });
      inbound.town = openTown(parts);
      await github.listen();
      await announceForge(folder, { api: github.api, token: github.remote.token ?? '' });
      await converse({ name, folder: workspace.folder, parts, town: inbound.town, github, ledger, context });
    } finally {
      await withdrawForge(folder);
      await inbound.town?.close();
      await github.close();
    }
    return exitStatus.ok.code;
  } finally {
    await ledger.close();
  }
}

interface Conversation {
  readonly name: string;
  readonly folder: string;
  readonly parts: Town;
  readonly town: OpenTown;
  readonly github: LocalGitHub;
  readonly ledger: Ledger;
  readonly context: TalkContext;
}

async function converse(talk: Conversation): Promise<void> {
  const { name, github, ledger, context, town, parts } = talk;
  const at = await openConversation(github, ledger, name);
  const line = openCrewLine(github, ledger, { ...at, name });
  const earlier = line.member()?.talk.length ?? 0;
  context.print(
    earlier === 0
      ? `${name} is here, on issue #${at.issue}. /land makes a bead of what it changed; /quit ends the talk.`
      : `${name} is here again, on issue #${at.issue}, after ${earlier} ${earlier === 1 ? 'question' : 'questions'}.`,
  );
  try {
    for await (const text of context.lines) {
      if (text.trim() === '/quit') break;
      if (text.trim() === '') continue;
      if (text.trim() === '/land') await land(talk, line);
      else context.print(`${name}: ${forTerminal(await line.ask(text))}`);
    }
  } finally {
    await town.close();
    // What its workspace holds has been kept as a commit.
    await parts.sandboxes.removeConvoy(at.stream);
  }
}

/** Lands what the member made, and brings the branch of its pull request into the workspace. */
async function land({ context, github, folder }: Conversation, line: CrewLine): Promise<void> {
  const refused = await line.land();
  if (refused !== null) {
    context.print(forTerminal(refused));
    return;
  }
  context.print('It is a bead now, and is being verified.');
  const convoy = await line.until((now) => settled(now));
  if (convoy.pullRequest === null) {
    const why = [...convoy.beads.values()].at(-1)?.failures.at(-1)?.reason ?? convoy.ended?.reason ?? '';
    context.print(`It did not land: ${forTerminal(why)}`);
    return;
  }
  await fetchBranch(folder, github.remote, convoy.pullRequest.head);
  context.print(
    `Pull request #${convoy.pullRequest.number} is open; its branch ${convoy.pullRequest.head} is in ${folder}.`,
  );
}

/** The newest bead has come to an end, and is in the pull request if it landed. */
function settled(convoy: Parameters<Parameters<CrewLine['until']>[0]>[0]): boolean {
  const bead = [...convoy.beads.values()].at(-1);
  if (convoy.ended !== null || bead?.quarantined) return true;
  return bead !== undefined && bead.landedAs !== null && convoy.pullRequest?.sha === convoy.head;
}
