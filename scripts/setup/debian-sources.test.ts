import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hostSources } from './debian-sources.js';

async function aptFolder(files: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'gt-apt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(path.join(folder, 'sources.list.d'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

test('reads both forms, and only what belongs to the suite', async () => {
  const folder = await aptFolder({
    'sources.list': [
      'deb [arch=amd64] http://mirror.example/debian bookworm main contrib',
      '# deb http://mirror.example/debian bookworm-updates main',
      'deb http://other.example tools-bookworm main',
      'deb-src http://mirror.example/debian bookworm main',
    ].join('\n'),
    'sources.list.d/security.sources':
      'Types: deb\nURIs: http://mirror.example/security\nSuites: bookworm-security\nComponents: main\n\nTypes: deb\nEnabled: no\nURIs: http://mirror.example/x\nSuites: bookworm\nComponents: main\n',
  });
  expect(hostSources('bookworm', folder)).toEqual({
    mirror: 'http://mirror.example/debian',
    text: 'deb http://mirror.example/debian bookworm main\ndeb http://mirror.example/security bookworm-security main\n',
  });
});

test('a host of another suite has none to give', async () => {
  const folder = await aptFolder({ 'sources.list': 'deb http://mirror.example/ubuntu noble main\n' });
  expect(hostSources('bookworm', folder)).toBeUndefined();
});
