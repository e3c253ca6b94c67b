import { createHubs } from '../../adapters/github/create-hubs.ts';
import type { ConvoySettings } from '../../domain/convoy/settings.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { Town } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { buildTown } from '../build-town.ts';
import type { Machine } from '../check-machine.ts';
import { hostCertificates } from '../host-certificates.ts';
import { withVerify } from '../read-rig-config.ts';
import type { LocalGitHub } from './local-github.ts';
import { workspaceTownName } from './workspace-town-name.ts';

export interface WorkspaceTown {
  readonly machine: Machine;
  readonly settings: ConvoySettings;
  /** The workspace's `.gas-town`. */
  readonly folder: string;
  readonly ledger: Ledger;
  readonly github: LocalGitHub;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: Town['onProgress'];
}

/** People look at a page; what comes within this time is written once. */
export const localMirrorPaceMs = 500;

/** The town of one workspace, with a GitHub of its own. */
export async function assembleTown(parts: WorkspaceTown): Promise<Town> {
  const { machine, settings, folder, ledger, github, env, onProgress } = parts;
  return buildTown({
    ...machine,
    ledger,
    folder,
    hubs: createHubs(github.hubs),
    name: workspaceTownName(folder),
    settingsFor: async (_rig, store, base) => ({
      status: 'ok',
      settings: await withVerify(settings, store, base),
    }),
    mirrorPaceMs: localMirrorPaceMs,
    // The embedded GitHub shows at once what it did.
    lostCreateMs: 0,
    markerKey: markerKeyFrom(github.privateKey),
    caBundle: await hostCertificates(env),
    onProgress,
  });
}
