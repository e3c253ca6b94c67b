import { mkdir } from 'node:fs/promises';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { openTokenProbot } from '../../adapters/github/receive-event.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { openTown } from '../../town/open-town.ts';
import type { Progress } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { buildTown } from '../build-town.ts';
import { checkMachine } from '../check-machine.ts';
import { hostCertificates } from '../host-certificates.ts';
import { modelsFromEnvironment } from '../models-from-environment.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import { watchConvoy } from '../run/await-convoy.ts';
import type { ActionEnvironment } from './action-environment.ts';
import { actionSettings } from './action-settings.ts';
import { eventKey } from './event-key.ts';
import { haveRigImage } from './have-rig-image.ts';

export interface ActionContext {
  readonly job: ActionEnvironment;
  readonly env: NodeJS.ProcessEnv;
  /** Takes what preparing the machine says. */
  readonly write: (text: string) => void;
  readonly onProgress: (progress: Progress) => void;
  readonly onLedger: (ledger: Ledger) => void;
}

/**
 * `gastown action`: takes in the one event that started the job, and works whatever convoy came of it on the job's own
 * Docker engine until its pull request is open or it has ended. Gives the convoys that it left behind.
 */
export async function runEvent(context: ActionContext): Promise<readonly Convoy[]> {
  const { job, env } = context;
  if (job.inputs.image === undefined) await haveRigImage(env, context.write);
  const machine = await checkMachine({ image: job.image, models: modelsFromEnvironment(env) }, env);
  await mkdir(job.folder, { recursive: true, mode: 0o700 });
  const ledger = openTownLedger(job.folder, 'gastown action');
  try {
    context.onLedger(ledger);
    const probot = await openTokenProbot(job);
    const town = openTown(
      await buildTown({
        ...machine,
        ledger,
        folder: job.folder,
        hubs: createHubs(probot.hubs),
        name: 'action',
        settingsFor: actionSettings(job.inputs, job.image),
        mirrorPaceMs: 10_000,
        markerKey: markerKeyFrom(job.markerKey ?? machine.endpoint.apiKey),
        caBundle: await hostCertificates(env),
        onProgress: context.onProgress,
      }),
    );
    try {
      const guid = eventKey(job.event, job.payload);
      await probot.receive({ guid, event: job.event, payload: job.payload }, async (event) => {
        await town.receive(event);
      });
      await town.inboxEmpty();
      const over = await Promise.all(ledger.streams('convoy/').map((stream) => untilOver(ledger, stream)));
      await town.mirrored();
      return over;
    } finally {
      await town.close();
    }
  } finally {
    await ledger.close();
  }
}

async function untilOver(ledger: Ledger, stream: ReturnType<Ledger['streams']>[number]): Promise<Convoy> {
  const watch = watchConvoy(ledger, stream);
  try {
    return await watch.over;
  } finally {
    await watch.close();
  }
}
