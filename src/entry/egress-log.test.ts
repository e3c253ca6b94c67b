import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type EgressLine, readEgress } from '../faces/operations/egress/egress-file.ts';
import { temporaryFolder } from '../testing/git/temporary-folder.ts';
import { createEgressLog } from './egress-log.ts';

const line: EgressLine = {
  at: '2030-01-01T00:00:00.000Z',
  convoy: 'convoy/1/12',
  by: 'setup',
  host: 'registry.npmjs.org',
  port: 443,
  refused: null,
};

test('every decision is a line in the order in which they came, and is read again', async () => {
  const folder = await temporaryFolder();
  const log = createEgressLog(folder, (error) => expect.unreachable(String(error)));
  log.add(line);
  log.add({ ...line, host: 'x\n{"host":"y"}', refused: 'not on the allow-list' });
  await log.settled();
  const kept = [line, { ...line, host: 'x\n{"host":"y"}', refused: 'not on the allow-list' }];
  expect(readEgress(folder)).toEqual(kept);
  await appendFile(join(folder, 'egress.jsonl'), '{"at":"2030-');
  expect(readEgress(folder)).toEqual(kept);
  expect(readEgress(join(folder, 'not-there'))).toEqual([]);
});

test('it takes no more than twice eight mebibytes', async () => {
  const folder = await temporaryFolder();
  const log = createEgressLog(folder, (error) => expect.unreachable(String(error)));
  const long = 'h'.repeat(5 * 2 ** 20);
  for (let n = 0; n < 6; n += 1) log.add({ ...line, host: long });
  await log.settled();
  expect((await readdir(folder)).sort()).toEqual(['egress.1.jsonl']);
});

test('a folder that takes nothing is told, and nothing stops', async () => {
  const troubles: unknown[] = [];
  const log = createEgressLog(join(await temporaryFolder(), 'not-there'), (error) => troubles.push(error));
  log.add(line);
  await log.settled();
  expect(troubles).toMatchObject([{ code: 'ENOENT' }]);
});
