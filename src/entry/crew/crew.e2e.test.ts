import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { CrewOptions } from '../../faces/cli/commands/crew-command.ts';
import { runUnderTest } from '../../testing/gastown/run-under-test.ts';
import { userRepository } from '../../testing/git/user-repository.ts';
import type { RehearsalScript } from '../../testing/rehearsal/script.ts';
import { rehearsalModel } from '../../testing/rehearsal/script.ts';
import { convoyScript, write } from '../../testing/town/convoy-script.ts';
import { findForge } from '../say/forge-at-work.ts';
import { commentOnForge } from '../say/say-on-forge.ts';
import { talkWithCrew } from './talk-with-crew.ts';

const script: RehearsalScript = {
  parts: [
    {
      role: 'crew',
      steps: [
        write('fast.txt'),
        { say: 'It is faster now.' },
        { calls: [{ name: 'shell', arguments: { command: 'cat fast.txt' } }], expects: /Is it there\?/ },
        { say: 'It is there.', expects: /fast\.txt/ },
      ],
    },
    ...convoyScript([]).parts.filter(({ role }) => role === 'refinery'),
  ],
};

test('a talk at a terminal goes on in the next one, in the same workspace, and lands as a branch', async () => {
  const under = await runUnderTest(script);
  const person = await userRepository(under.workspace);
  await person.commit('Begin', { 'README.md': 'Mine.\n' });
  const options: CrewOptions = {
    name: 'ada',
    run: {
      task: 'talk',
      workspace: under.workspace,
      image: 'gas-town-rig:latest',
      memoryBytes: 2 ** 29,
      cpus: 2,
      network: 'none',
      polecats: 1,
      verify: 'test -f fast.txt',
      setup: [],
      models: { all: null, byRole: { crew: rehearsalModel('crew'), refinery: rehearsalModel('refinery') } },
      json: false,
      allowDirty: true,
      merge: false,
      web: null,
      debug: false,
    },
  };
  const everyRole = ['mayor', 'polecat', 'witness', 'analyst'] as const;
  for (const role of everyRole) Object.assign(options.run.models.byRole, { [role]: rehearsalModel(role) });
  const heard: string[] = [];
  const place = { repository: { id: 0, owner: 'overseer', name: basename(under.workspace) }, issue: 1 };
  const sayFromElsewhere = async () => (await commentOnForge(under.workspace, place, '/help')).status;
  const talk = async (...lines: string[]): Promise<string> => {
    const printed: string[] = [];
    const said = (async function* () {
      yield* lines;
      heard.push(await sayFromElsewhere());
    })();
    const context = { env: under.env, lines: said, print: (text: string) => void printed.push(text) };
    expect(await talkWithCrew(options, context)).toBe(0);
    return printed.join('\n');
  };
  expect(await talk('Make it faster.')).toMatch(/ada is here, on issue #1[\s\S]*ada: It is faster now\./);
  expect((await under.onEngine()).containers).toEqual([]);
  const second = await talk('Is it there?', '/land');
  expect(second).toMatch(/ada is here again[\s\S]*after 1 question[\s\S]*ada: It is there\./);
  expect(second).toContain('its branch gas-town/convoy-1 is in');
  expect(await person.git('show', 'gas-town/convoy-1:fast.txt')).toContain('fast.txt');
  expect(await person.git('status', '--porcelain')).toBe('');
  expect(heard).toEqual(['heard', 'heard']);
  expect(await findForge(join(under.workspace, '.gas-town'))).toBeNull();
  const replies = (await under.events()).filter((event) => event.type === 'ModelReplied').length;
  expect(under.model.requests()).toBe(replies);
  expect((await under.onEngine()).running).toEqual([]);
});
