import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { containerOutput } from '../src/testing/container-output.ts';
import { rigImage } from '../src/testing/engine.ts';
import { repositoryRoot } from './repository-root.js';

const entry = readFileSync(path.join(repositoryRoot, 'docker', 'town-entry'), 'utf8');

/** Puts the entry point into a container, where it runs by the shell that its first line names. */
const placed = 'printf %s "$ENTRY" > /tmp/town-entry; chmod a+rx /tmp/town-entry;';

/** Who the program is that the entry point starts, in a container that has a user `town`. */
async function started({
  user = 'root',
  env = [] as string[],
  groups = [] as string[],
} = {}): Promise<string> {
  const script = `${user === 'root' ? 'useradd --uid 10001 town;' : ''} ${placed} /tmp/town-entry -c 'id -u; id -G; grep NoNewPrivs /proc/self/status'`;
  const { text } = await containerOutput(rigImage, script, {
    User: user,
    Env: [`ENTRY=${entry}`, 'GASTOWN_PROGRAM=/bin/sh', ...env],
    HostConfig: { AutoRemove: true, NetworkMode: 'none', GroupAdd: groups },
  });
  return text.replaceAll(/\s+/g, ' ').trim();
}

test('a container that was started as root goes on as the user town, with the groups it was given', async () => {
  expect(await started()).toBe('10001 10001 NoNewPrivs: 1');
  expect(await started({ groups: ['4242'] })).toBe('10001 10001 4242 NoNewPrivs: 1');
});

test('in a job of GitHub Actions it stays root, and any other user stays who they are', async () => {
  expect(await started({ env: ['GITHUB_ACTIONS=true'] })).toBe('0 0 NoNewPrivs: 0');
  expect(await started({ user: '1000:1000' })).toBe('1000 1000 NoNewPrivs: 0');
});

test('an action’s inputs reach the program, whose names no variable of a shell may have', async () => {
  const script = `${placed} env 'INPUT_GITHUB-TOKEN=a token' /tmp/town-entry`;
  const { text } = await containerOutput(rigImage, script, {
    User: 'root',
    Env: [`ENTRY=${entry}`, 'GASTOWN_PROGRAM=/usr/bin/env', 'GITHUB_ACTIONS=true'],
    HostConfig: { AutoRemove: true, NetworkMode: 'none' },
  });
  expect(text.split(/\r?\n/)).toContain('INPUT_GITHUB-TOKEN=a token');
});
