import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mountDataDisk } from './data-disk.js';

async function engineFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, data: path.join(folder, 'data'), disk: path.join(folder, 'data.img') };
}

test('an engine that has data keeps it where it is', async () => {
  const files = await engineFolder();
  await mkdir(files.data);
  await writeFile(path.join(files.data, 'images'), 'x');
  expect(await mountDataDisk(files, {})).toContain('it was there before');
  expect(await readdir(files.folder)).toEqual(['data']);
});

test('a size of nothing wants no disk', async () => {
  const files = await engineFolder();
  expect(await mountDataDisk(files, { GASTOWN_ENGINE_GIB: '0' })).toContain('as GASTOWN_ENGINE_GIB=0 asks');
  expect(await readdir(files.folder)).toEqual(['data']);
});

test('where no file system can be made it says why, and leaves no file', async () => {
  const files = await engineFolder();
  const said = await mountDataDisk(files, { GASTOWN_ENGINE_GIB: '0.00001' });
  expect(said).toContain('none can be mounted');
  expect(await readdir(files.folder)).toEqual(['data']);
});
