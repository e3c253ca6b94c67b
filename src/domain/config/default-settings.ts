import type { ConvoySettings } from '../convoy/settings.ts';

/** What holds where nobody says otherwise; the container's limits are those of the seed. */
export const defaultSettings: Omit<ConvoySettings, 'image'> = {
  limits: { memoryBytes: 512 * 1024 * 1024, cpus: 2, processes: 512 },
  network: 'none',
  polecats: 5,
  setup: [],
  verify: null,
  verifyTimeoutMs: 20 * 60_000,
  attempts: 3,
  budgetUsd: null,
};
