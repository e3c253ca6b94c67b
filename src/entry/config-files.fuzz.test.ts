import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRoles } from '../agent/load-roles.ts';
import { overrideRole } from '../agent/override-role.ts';
import { RoleFileWrong } from '../agent/role-file-wrong.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { readRigConfig } from './read-rig-config.ts';

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
  .split('')
  .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`)
  .join('\n')}\n`;
const lines = [
  'verify: npm test',
  'polecats: 3',
  'setup: [npm ci]',
  'memory: 1g',
  'network: open',
  'bots: ["renovate[bot]"]',
  'verify: *none',
  'polecats: !!js/function "x"',
  '? [a]: b',
  '- a',
  '<<: {polecats: 1e99}',
  '__proto__: {a: 1}',
  '%YAML 9.9',
];
const yaml = fc.oneof(
  fc.array(fc.constantFrom(...lines), { maxLength: 6 }).map((all) => all.join('\n')),
  fc.tuple(fc.constantFrom(lines.join('\n'), bomb), fc.nat(900)).map(([text, end]) => text.slice(0, end)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constant(bomb),
);

test('a rig’s config is taken, or its mistakes are told, whatever stands in it', () => {
  fc.assert(
    fc.property(yaml, (text) => {
      const result = readRigConfig(text, 'image');
      if (result.status === 'invalid') expect(result.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

test('a rig’s role file is taken, or refused as one', async () => {
  const roles = await loadRoles({ folder: 'roles' });
  const fields = [
    'name = "polecat"',
    'tools = ["shell"]',
    'tools = ["sling"]',
    'max_iterations = -1',
    'max_iterations = 9e99',
    'model = []',
    'system = { text = "x" }',
    '[system]',
    'text = "y"',
    '"a".b = 1',
    'x = 1979-05-27',
    '__proto__ = 1',
  ];
  const toml = fc.oneof(
    fc.array(fc.constantFrom(...fields), { maxLength: 6 }).map((all) => all.join('\n')),
    fc.string({ unit: 'binary', maxLength: 120 }),
  );
  const own = roles.get('polecat');
  if (own === undefined) throw new Error('there is no polecat');
  fc.assert(
    fc.property(toml, (text) => {
      try {
        const { tools } = overrideRole(own, 'polecat.toml', text);
        expect(tools.filter((tool) => !own.tools.includes(tool))).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(RoleFileWrong);
      }
    }),
    { numRuns: fuzzRuns(1000) },
  );
});
