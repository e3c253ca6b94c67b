import { z } from 'zod';
import { defaultSettings } from '../../../domain/config/default-settings.ts';
import { rigConfig } from '../../../domain/config/rig-config.ts';

/** One property of the schema's JSON form, as far as the page shows it. */
const property = z.object({
  description: z.string().default(''),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  anyOf: z.array(z.object({ type: z.string(), enum: z.array(z.string()).optional() })).optional(),
});
type Property = z.output<typeof property>;

const { limits, ...defaults } = defaultSettings;

/** What holds where a rig says nothing, in the words of its config. */
const unsaid: Readonly<Record<string, string>> = {
  image: 'the town’s',
  setup: 'none',
  setup_inputs: 'manifests and lockfiles',
  verify: 'found in the tree',
  verify_timeout_minutes: String(defaults.verifyTimeoutMs / 60_000),
  polecats: String(defaults.polecats),
  warm: '1',
  attempts: String(defaults.attempts),
  memory: `${limits.memoryBytes / 2 ** 20}m`,
  cpus: String(limits.cpus),
  network: 'none',
  plan: 'none',
  bots: 'no bot',
  budget_usd: 'no limit',
  budget_usd_per_day: 'no limit',
  merge: 'manual',
  runner: 'local',
};

/** The reference of a rig's own config as a Markdown page, made from its schema. */
export function configurationPage(): string {
  const schema = z.toJSONSchema(rigConfig, { io: 'input' });
  const rows = Object.entries(schema.properties ?? {}).map(([name, given]) => {
    const one = property.parse(given);
    return `| \`${name}\` | ${one.description} | ${kindOf(one)} | ${unsaid[name] ?? ''} |`;
  });
  return [
    '# Configuration of a rig\n',
    'A repository says in `.github/gas-town.yml` how the town works on it. The file is read from the base commit when a convoy',
    'opens, and holds for that convoy to its end. Every field may be left out; a mistake is told with its line and field.',
    '`gastown run` takes flags in its place. This page is made from the schema by its tests.\n',
    '| field | says | is | default |\n|---|---|---|---|',
    ...rows,
    '',
    '```yaml',
    exampleConfig.trimEnd(),
    '```',
    '',
  ].join('\n');
}

export const exampleConfig = `# .github/gas-town.yml
setup: npm ci
verify:
  - npm run lint
  - npm test
polecats: 3
memory: 2g
budget_usd: 5
`;

function kindOf(one: Property): string {
  if (one.enum) return one.enum.map((word) => `\`${word}\``).join(' or ');
  if (one.anyOf) {
    const words = one.anyOf.flatMap((part) => part.enum ?? []);
    return words.length > 0
      ? `${words.map((word) => `\`${word}\``).join(' or ')}, or a list of host names`
      : 'a text, or a list of texts';
  }
  if (one.type === 'string') return 'a text';
  if (one.type === 'array') return 'a list of texts';
  const least = one.minimum ?? (one.exclusiveMinimum === 0 ? 'above 0' : one.exclusiveMinimum);
  const range = [least, one.maximum].filter((bound) => bound !== undefined).join(' to ');
  return `${one.type === 'integer' ? 'a whole number' : 'a number'}${range === '' ? '' : `, ${range}`}`;
}
