import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotRun } from '../faces/cli/cannot-run.ts';
import type { ForgeAction, ForgeOptions } from '../faces/cli/commands/forge-command.ts';
import { exitStatus } from '../faces/cli/exit-status.ts';
import { readTown } from '../faces/cli/town/read-town.ts';
import { InvalidNameError, InvalidSeedError, runForge } from '../forge/index.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';
import { openTownLedger } from './open-town-ledger.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** `gastown forge`: the embedded GitHub alone. That of a workspace is served only while no run is at work there. */
export const forgeAction: ForgeAction = async (options) => {
  const { seed, folder, held } = await whose(options.of);
  const signals = stopOnSignals(() => undefined);
  const adminToken = process.env.GASTOWN_FORGE_ADMIN_TOKEN;
  try {
    await runForge({
      seed,
      port: options.port,
      json: options.json,
      print: (line) => process.stdout.write(`${line}\n`),
      stop: signals.stop,
      ...(folder === null ? {} : { folder }),
      ...(options.webhook === null ? {} : { webhook: options.webhook }),
      ...(adminToken ? { adminToken } : {}),
    });
    return exitStatus.ok.code;
  } catch (error) {
    throw mendable(error, options) ?? error;
  } finally {
    signals.close();
    await held?.close();
  }
};

interface Whose {
  readonly seed: string;
  readonly folder: string | null;
  /** Keeps runs in the same workspace away while the forge is served. */
  readonly held: Ledger | null;
}

async function whose(of: ForgeOptions['of']): Promise<Whose> {
  if ('seed' in of) {
    if (of.folder !== null) await mkdir(of.folder, { recursive: true, mode: 0o700 });
    return { ...of, held: null };
  }
  const { workspace } = of;
  const convoys = readTown({ workspace, cwd: workspace }, (memory) => memory.convoys);
  const repository = convoys.at(-1)?.opened.repository;
  if (!repository) throw new CannotRun('notFound', `The town of ${workspace} has opened no convoy yet.`);
  const folder = join(workspace, '.gas-town');
  const held = openTownLedger(folder, 'gastown forge');
  return { seed: `${repository.owner}/${repository.name}`, folder: join(folder, 'forge'), held };
}

function mendable(error: unknown, { port }: ForgeOptions): CannotRun | null {
  if (error instanceof InvalidSeedError || error instanceof InvalidNameError) {
    return new CannotRun('usage', `${error.message}.`, { cause: error });
  }
  if (Object(error).code === 'EADDRINUSE') {
    return new CannotRun('usage', `Port ${port} is taken: name another with --port.`, { cause: error });
  }
  return null;
}
