import { defaultSettings } from '../../src/domain/config/default-settings.ts';
import type { Way } from '../costs/costs.ts';

/** How many of what there are, and the settings of ours that matter to how much is done at once. */
export interface Setup {
  readonly way: Way;
  /** Processes of `gastown serve`, each an App of its own with a ledger and an engine; 0 with no server. */
  readonly towns: number;
  /** Of the Apps on accounts: each has an allowance of its own. With no server a repository's own token stands for it. */
  readonly installations: number;
  readonly repositories: number;
  /** Jobs of GitHub Actions that run at once; 0 where none do. */
  readonly runners: number;
  /** `polecats` in a rig's config. */
  readonly polecats: number;
  /** `memory` in a rig's config, MiB. */
  readonly memoryMiB: number;
  /** What an engine's machine has for containers, GiB. */
  readonly engineGiB: number;
}

const settings = {
  polecats: defaultSettings.polecats,
  memoryMiB: defaultSettings.limits.memoryBytes / 2 ** 20,
  engineGiB: 30,
};

/** One of each, as it comes: a machine of 32 GiB, GitHub's free plan. */
export function asItComes(way: Way): Setup {
  const towns = way === 'no-server' ? 0 : 1;
  return { way, towns, installations: 1, repositories: 1, runners: way === 'app' ? 0 : 20, ...settings };
}
