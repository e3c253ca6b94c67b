import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roleName } from '../src/domain/session/events.ts';
import { gastownProgram } from '../src/testing/gastown/gastown-program.ts';
import { rehearsalModel } from '../src/testing/rehearsal/script.ts';
import { type RehearsalModel, startRehearsalModel } from '../src/testing/rehearsal/start-rehearsal-model.ts';
import { documentedCommands } from './documented-commands.ts';
import { tinyScript } from './tiny-script.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const execute = promisify(execFile);
const pages = ['docs/quick-start.md', 'README.md', 'docs/operations.md', 'docs/scaling.md'];
const minutes = 60_000;

const commands = [
  ...new Set(
    (await Promise.all(pages.map((page) => readFile(join(root, page), 'utf8')))).flatMap(documentedCommands),
  ),
];
const npmCommands = commands.filter((command) => command.startsWith('npm '));
const queries = commands.filter((command) => command.startsWith('sqlite3 '));
const servers = commands.filter((command) => command.startsWith('bin/gastown forge'));
/** By what each says when it is there. */
const followers = { 'bin/gastown serve ': /^The dashboard is at/, 'bin/gastown watch ': /^Watching / };
const following = commands.filter((command) =>
  Object.keys(followers).some((start) => command.startsWith(start)),
);
const others = commands.filter(
  (command) => ![...npmCommands, ...queries, ...servers, ...following].includes(command),
);

/** The first command is run as it stands; to load the source anew for each of the others would take longer than they do. */
const bundled = `${process.execPath} ${gastownProgram()}`;
const program = (command: string): string =>
  command === others[0] ? command : command.replaceAll('bin/gastown', bundled);

let workspace = '';
let model: RehearsalModel;

beforeAll(async () => {
  workspace = join(await mkdtemp(join(tmpdir(), 'gas-town-documents-')), 'my_project');
  model = await startRehearsalModel(tinyScript);
});
afterAll(async () => {
  await model.close();
  await rm(dirname(workspace), { recursive: true });
});

/** Runs a line as a reader would, with the models of the rehearsal in place of the default ones. */
async function asReader(command: string): Promise<string> {
  const cast = roleName.options.map((role) => `--model ${role}=${rehearsalModel(role)}`).join(' ');
  const here = program(command).replaceAll('/tmp/my_project', workspace);
  const line = command.includes('gastown run') ? `${here} ${cast}` : here;
  const { NEBIUS_API_KEY: _, ...environment } = process.env;
  const { stdout } = await execute('sh', ['-c', line], {
    cwd: root,
    env: {
      ...environment,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: 'rehearsal',
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    },
  });
  return stdout;
}

describe('every command of the README, the quick start, the operations and the page on scaling', () => {
  it.each(others)(
    '%s',
    async (command) => {
      const shown = await asReader(command);
      expect(shown.trim()).not.toBe('');
      if (command.includes('--json')) {
        const last = shown.trimEnd().split('\n').at(-1) ?? '';
        expect(JSON.parse(last)).toMatchObject({ type: 'summary', ok: true });
      }
    },
    5 * minutes,
  );

  it.each(queries)('%s', (command) => {
    const [, path, sql] = /^sqlite3 (\S+) "([^"]+)"$/.exec(command) ?? [];
    const db = new Sqlite(path?.replace('/tmp/my_project', workspace), { readonly: true });
    expect(db.prepare(sql ?? '').all()).not.toEqual([]);
    db.close();
  });

  it.each(servers)('%s', async (command) => {
    const [start = '', ...args] = program(command).replace('/tmp/my_project', workspace).split(' ');
    const child = spawn(start, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    let page = '';
    for await (const line of lines) {
      page = /^Repository +(\S+)/.exec(line)?.[1] ?? '';
      if (page !== '') break;
    }
    const answers = await Promise.all(['', '/issues', '/pulls'].map((path) => fetch(page + path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each(following)('%s', async (command) => {
    const [start = '', ...args] = program(command).replace('/tmp/my_project', workspace).split(' ');
    const child = spawn(start, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const says = Object.entries(followers).find(([start]) => command.startsWith(start))?.[1] ?? /$^/;
    let said = '';
    for await (const line of createInterface({ input: child.stdout })) {
      said = line;
      if (says.test(line)) break;
    }
    expect(said).toMatch(says);
    const address = /http:\S+/.exec(said)?.[0];
    if (address) expect(await (await fetch(address)).text()).toContain('Build a Python rate limiter');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each(npmCommands)('%s is a script of the package', async (command) => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const [, name = ''] = /^npm (?:run )?(\S+)/.exec(command) ?? [];
    expect(scripts).toHaveProperty(name);
  });
});
