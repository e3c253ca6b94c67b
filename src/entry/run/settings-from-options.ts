import type { ConvoySettings } from '../../domain/convoy/settings.ts';
import type { RunOptions } from '../../faces/cli/options/run-options.ts';

const verifyTimeoutMs = 20 * 60_000;
const processesMax = 512;
const attemptsMax = 3;

/** The settings of a convoy that a command line orders. */
export function settingsFromOptions(options: RunOptions, image: string): ConvoySettings {
  return {
    image,
    limits: { memoryBytes: options.memoryBytes, cpus: options.cpus, processes: processesMax },
    network: options.network,
    polecats: options.polecats,
    setup: [...options.setup],
    verify: options.verify,
    verifyTimeoutMs,
    attempts: attemptsMax,
    budgetUsd: null,
  };
}
