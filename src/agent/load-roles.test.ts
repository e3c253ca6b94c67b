import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { roleName } from '../domain/session/events.ts';
import { loadRoles } from './load-roles.ts';
import { RoleFileWrong } from './role-file-wrong.ts';

const folder = fileURLToPath(new URL('../../roles', import.meta.url));
const load = (overrides: Record<string, string> = {}) => loadRoles({ folder, overrides });
const looking = ['list_files', 'read_file', 'search_files'];
const working = [
  ...looking,
  'write_file',
  'patch_file',
  'shell',
  'run_python',
  'run_node',
  'bead',
  'analyze',
  'remember',
];

describe('the six roles', () => {
  test('have the limits of their table', async () => {
    const roles = await load();
    expect(Object.fromEntries([...roles].map(([name, role]) => [name, role.maxIterations]))).toEqual({
      mayor: 200,
      polecat: 25,
      witness: 15,
      refinery: 20,
      crew: 50,
      analyst: 10,
    });
    expect((await readdir(folder)).toSorted()).toEqual(
      [...roleName.options.map((name) => `${name}.toml`), 'models.toml'].toSorted(),
    );
  });

  test('have the tools of their trade and no others', async () => {
    const roles = await load();
    const toolsOf = (name: 'mayor' | 'polecat' | 'witness' | 'refinery' | 'crew' | 'analyst') =>
      roles.get(name)?.tools.toSorted();
    const mayor = ['sling', 'await_beads', 'spawn_witness', 'spawn_refinery', 'spawn_crew', 'verify_with'];
    expect(toolsOf('mayor')).toEqual([...looking, ...mayor, 'bead', 'analyze'].toSorted());
    expect(toolsOf('polecat')).toEqual(working.toSorted());
    expect(toolsOf('crew')).toEqual([...working, 'propose_convoy'].toSorted());
    expect(toolsOf('refinery')).toEqual([...working, 'report'].toSorted());
    expect(toolsOf('witness')).toEqual([...looking, 'bead', 'analyze', 'report'].toSorted());
    expect(toolsOf('analyst')).toEqual(looking);
  });

  test('have a first choice and a fallback, from one table', async () => {
    const roles = await load();
    expect(roles.get('polecat')?.models).toEqual(['Qwen/Qwen3.5-397B-A17B', 'MiniMaxAI/MiniMax-M2.5']);
    expect(roles.get('crew')?.models).toEqual(['MiniMaxAI/MiniMax-M2.5']);
  });

  test('all hold the propulsion principle, and those who conclude are reminded to', async () => {
    for (const role of (await load()).values()) {
      expect(role.system, role.name).toContain('GUPP');
      if (role.name !== 'crew' && role.name !== 'analyst') expect(role.reminder, role.name).toBeTruthy();
    }
  });
});

describe("a rig's own role file", () => {
  test('takes the place of the fields that it names', async () => {
    const polecat = (
      await load({ polecat: 'max_iterations = 40\nmodel = ["gpt-x"]\ntools = ["shell", "bead"]' })
    ).get('polecat');
    expect(polecat).toMatchObject({
      maxIterations: 40,
      models: ['gpt-x', 'Qwen/Qwen3.5-397B-A17B', 'MiniMaxAI/MiniMax-M2.5'],
      tools: ['shell', 'bead'],
    });
    expect(polecat?.system).toContain('You are a polecat');
  });

  const wrong: [string, Record<string, string>, string][] = [
    [
      'a tool that its role may not have',
      { witness: 'tools = ["shell"]' },
      "witness.toml, tools: a witness can't have shell; it may have bead, analyze, list_files, read_file, search_files, report.",
    ],
    [
      'a field of another type',
      { mayor: '# ours\nmax_iterations = "many"' },
      'mayor.toml, line 2: max_iterations: Invalid input: expected number, received string.',
    ],
    [
      'a field that there is not',
      { mayor: 'name = "mayor"\niterations = 3' },
      'mayor.toml, line 2: there is no field called iterations.',
    ],
    ['a text that is not TOML', { crew: 'name = "crew"\ntools = [' }, 'crew.toml, line 2: unfinished array.'],
    [
      "another role's name",
      { crew: 'name = "mayor"' },
      'crew.toml, name: it must be crew, as the file is called.',
    ],
    [
      'a role that there is not',
      { deacon: '' },
      'deacon.toml: there is no role deacon; there are mayor, polecat, witness, refinery, crew, analyst.',
    ],
  ];
  test.each(wrong)('is refused for %s, in one sentence', async (_name, overrides, sentence) => {
    const error: unknown = await load(overrides).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RoleFileWrong);
    expect(String((error as RoleFileWrong).message)).toBe(sentence);
  });

  test('a folder without roles is told', async () => {
    await expect(loadRoles({ folder: '/nowhere' })).rejects.toThrow(
      '/nowhere/models.toml: there is no such file.',
    );
  });
});
