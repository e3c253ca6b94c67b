import { randomUUID } from 'node:crypto';
import Dockerode from 'dockerode';
import { expect, it } from 'vitest';
import { rigImage, testEngine } from '../../../testing/engine.ts';
import { probeSandbox } from './probe-sandbox.ts';

it('finds that every promise holds on this engine, and leaves nothing', async () => {
  const docker = new Dockerode(await testEngine());
  const town = `test-${randomUUID()}`;
  const results = await probeSandbox({ docker, town }, rigImage);
  expect(results.filter(({ holds }) => !holds)).toEqual([]);
  expect(results.length).toBeGreaterThan(14);
  const filters = { label: [`gas-town.town=${town}`] };
  expect(await docker.listContainers({ all: true, filters })).toEqual([]);
  expect(await docker.listImages({ filters })).toEqual([]);
});

it('says what to do where one does not hold', async () => {
  const docker = new Dockerode(await testEngine());
  const results = await probeSandbox(
    { docker, town: `test-${randomUUID()}`, freeFloorBytes: 1, maxFileBytes: -1 },
    rigImage,
  );
  const file = results.find(({ claim }) => claim.startsWith('a file'));
  expect(file).toMatchObject({ holds: false, evidence: expect.stringMatching(/^unlimited/) });
  expect(file?.whatToDo).not.toBe('');
});
