import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSandboxes } from '../adapters/docker/create-sandboxes.ts';
import { townFolder } from '../adapters/git/workspace/inspect-workspace.ts';
import { CannotRun } from '../faces/cli/cannot-run.ts';
import type { GcOptions, Removed } from '../faces/cli/commands/gc-command.ts';
import { liveConvoys } from '../town/live-convoys.ts';
import { openEngine } from './check-machine.ts';
import { openTownLedger } from './open-town-ledger.ts';
import { workspaceTownName } from './run/workspace-town-name.ts';
import { serveEnvironment } from './serve/serve-environment.ts';

/** `gastown gc`. Holds the town's ledger meanwhile: nobody can be at work in it. Rejects with `CannotRun`. */
export async function collectGarbage({ of, all }: GcOptions): Promise<Removed> {
  const { folder, name } = of === 'app' ? await appTown() : workspaceTown(of.workspace);
  if (!existsSync(join(folder, 'beads.db')))
    throw new CannotRun('notFound', `There is no town in ${folder} yet.`);
  const docker = await openEngine(process.env);
  const ledger = openTownLedger(folder, 'gastown gc');
  try {
    const sandboxes = createSandboxes({ docker, town: name });
    return await sandboxes.collectGarbage({ liveConvoys: liveConvoys(ledger), keepLines: !all });
  } finally {
    await ledger.close();
  }
}

interface TownPlace {
  readonly folder: string;
  readonly name: string;
}

function workspaceTown(workspace: string): TownPlace {
  const folder = join(workspace, townFolder);
  return { folder, name: workspaceTownName(folder) };
}

async function appTown(): Promise<TownPlace> {
  const { folder, appId } = await serveEnvironment(process.env);
  return { folder, name: `app-${appId}` };
}
