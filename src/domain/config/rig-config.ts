import { z } from 'zod';
import { type ConvoySettings, hostPattern } from '../convoy/settings.ts';
import { parseMemory } from './memory-size.ts';

const command = z.string().trim().min(1);
const commands = z
  .union([command, z.array(command)])
  .transform((given) => (Array.isArray(given) ? given : [given]));

const memory = z.string().transform((text, context) => {
  const bytes = parseMemory(text);
  if (bytes !== null) return bytes;
  context.addIssue({ code: 'custom', message: 'give a size such as 512m or 1g' });
  return z.NEVER;
});

/** `.github/gas-town.yml`: what a rig says of itself. Every field may be left out; an unknown one is a mistake. */
export const rigConfig = z.strictObject({
  image: command.optional().describe('container image that beads are worked in'),
  setup: commands.optional().describe('commands run once with network before work starts'),
  setup_inputs: commands
    .optional()
    .describe('names of files that the setup depends on: where one changed, it runs again'),
  verify: commands.optional().describe('commands that must succeed on the integrated result'),
  verify_timeout_minutes: z.int().min(1).max(360).optional().describe('how long the verification may take'),
  polecats: z.int().min(1).max(50).optional().describe('how many beads are worked at once'),
  warm: z.int().min(0).max(20).optional().describe('how many containers wait, started, for the next bead'),
  attempts: z.int().min(1).max(10).optional().describe('how often a bead is tried before it is quarantined'),
  memory: memory.optional().describe('memory limit of each container'),
  cpus: z.number().positive().max(256).optional().describe('processor limit of each container'),
  network: z
    .union([z.enum(['none', 'open']), z.array(hostPattern).min(1).max(100)])
    .optional()
    .describe(
      'what containers reach: nothing, the hosts of a list through a proxy that logs, or all of the network',
    ),
  plan: z
    .enum(['review', 'none'])
    .optional()
    .describe('whether a plan waits for `/approve` before its beads start'),
  bots: z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\[bot\])?$/, 'give a login such as renovate[bot]'))
    .max(50)
    .optional()
    .describe(
      'Apps that may order and steer, by login; a machine user needs write permission, as any person',
    ),
  budget_usd: z.number().positive().optional().describe('most that one convoy may spend'),
  budget_usd_per_day: z
    .number()
    .positive()
    .optional()
    .describe('most that all convoys together are granted in a day (UTC)'),
  merge: z
    .enum(['manual', 'auto'])
    .optional()
    .describe("who merges an approved pull request: people, or GitHub's own auto-merge"),
  runner: z
    .enum(['local', 'actions'])
    .optional()
    .describe("where an App's beads are worked: on its own engine, or each in a run of GitHub Actions"),
});
export type RigConfig = z.output<typeof rigConfig>;

function networkOf(said: RigConfig['network']): ConvoySettings['network'] | undefined {
  return Array.isArray(said) ? { allow: said } : said;
}

/** The settings of a new convoy: the town's defaults with what the rig says in their place. */
export function settingsFor(defaults: ConvoySettings, rig: RigConfig): ConvoySettings {
  return {
    image: rig.image ?? defaults.image,
    limits: {
      memoryBytes: rig.memory ?? defaults.limits.memoryBytes,
      cpus: rig.cpus ?? defaults.limits.cpus,
      processes: defaults.limits.processes,
    },
    network: networkOf(rig.network) ?? defaults.network,
    polecats: rig.polecats ?? defaults.polecats,
    setup: rig.setup ?? defaults.setup,
    ...(rig.warm === undefined ? {} : { warm: rig.warm }),
    ...(rig.setup_inputs === undefined ? {} : { setupInputs: rig.setup_inputs }),
    verify: rig.verify?.join(' && ') ?? defaults.verify,
    verifyTimeoutMs: rig.verify_timeout_minutes
      ? rig.verify_timeout_minutes * 60_000
      : defaults.verifyTimeoutMs,
    attempts: rig.attempts ?? defaults.attempts,
    budgetUsd: rig.budget_usd ?? defaults.budgetUsd,
    ...dayBudget(rig.budget_usd_per_day ?? defaults.dayBudgetUsd),
    ...(rig.plan === 'review' ? { plan: 'review' as const } : {}),
    ...(rig.bots ? { bots: rig.bots } : {}),
    ...(rig.merge === undefined ? {} : { merge: rig.merge }),
    ...(rig.runner === 'actions' ? { runner: rig.runner } : {}),
  };
}

const dayBudget = (usd: number | undefined): Pick<ConvoySettings, 'dayBudgetUsd'> =>
  usd === undefined ? {} : { dayBudgetUsd: usd };
