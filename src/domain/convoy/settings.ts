import { z } from 'zod';
import { isHostPattern } from '../config/host-pattern.ts';

/** What a container may use. Memory in bytes, processor in cores. */
export const sandboxLimits = z.strictObject({
  memoryBytes: z.int().positive(),
  cpus: z.number().positive(),
  processes: z.int().positive(),
});
export type SandboxLimits = z.output<typeof sandboxLimits>;

/** A host that agents reach through a proxy. */
export const hostPattern = z.stringFormat('host', isHostPattern);

const network = z.union([
  z.enum(['none', 'open']),
  z.strictObject({ allow: z.array(hostPattern).min(1).max(100) }),
]);

/** What holds for one convoy, frozen when it opens so that later changes of a config can't bend work in flight. */
export const convoySettings = z.strictObject({
  image: z.string().min(1),
  limits: sandboxLimits,
  /** `none`, hosts that are reached through a proxy, or `open` where the config says that very word. */
  network,
  /** How many containers run ahead of need. Left out: as many as the town has. */
  warm: z.int().min(0).max(20).optional(),
  /** How many beads are worked at once. */
  polecats: z.int().positive(),
  /** Commands run once, with network, before the snapshot is taken. */
  setup: z.array(z.string()),
  /** Names of files that the setup commands depend on. Left out: the usual manifests and lockfiles. */
  setupInputs: z.array(z.string()).optional(),
  /** The command that must exit with 0 on the integrated tree. Null: none is known. */
  verify: z.string().nullable(),
  verifyTimeoutMs: z.int().positive(),
  /** How often a bead is tried before it is quarantined. */
  attempts: z.int().positive(),
  /** `review`: no bead of the Mayor's plan starts before a person has approved it. Absent: beads start as they are slung. */
  plan: z.literal('review').optional(),
  /** Logins of Apps that may order and steer. Absent: none. */
  bots: z.array(z.string()).optional(),
  /** The convoy's cap in US dollars. Null: no cap. */
  budgetUsd: z.number().positive().nullable(),
  /** What all convoys of the rig may spend in a day (UTC), in US dollars. Absent: no cap. */
  dayBudgetUsd: z.number().positive().optional(),
  /** `auto`: an approved pull request is handed to GitHub's own auto-merge. Absent: people merge. */
  merge: z.enum(['manual', 'auto']).optional(),
  /** `actions`: each bead is worked by a run of GitHub Actions. Absent: by the town's own engine. */
  runner: z.literal('actions').optional(),
});
export type ConvoySettings = z.output<typeof convoySettings>;
