import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from './repository-root.js';

const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8');

test('the App is told of what the town handles, and of nothing else', () => {
  const [, table = ''] =
    /const handlers[^{]*\{(.*?)\n\};/s.exec(read('src/town/gate/handle-delivery.ts')) ?? [];
  const handled = [...table.matchAll(/^ {2}([a-z_]+): /gm)].map((match) => match[1] ?? '');
  // GitHub tells every App of its own installation, asked or not.
  const asked = handled.filter((event) => !event.startsWith('installation'));
  const { default_events: events } = parse(read('app.yml'));
  expect(asked.length).toBeGreaterThan(5);
  expect(events.toSorted()).toEqual(asked.toSorted());
});

test('the App may write five things, and read what every App may', () => {
  expect(parse(read('app.yml')).default_permissions).toEqual({
    issues: 'write',
    pull_requests: 'write',
    contents: 'write',
    checks: 'write',
    actions: 'write',
    metadata: 'read',
  });
});

test('the action runs the image whose last stage is the app', () => {
  const { runs } = parse(read('action.yml'));
  expect(runs).toMatchObject({ using: 'docker', image: 'Dockerfile' });
  const stages = [...read('Dockerfile').matchAll(/^FROM .+ AS (\w+)$/gm)].map((match) => match[1]);
  expect(stages).toEqual(['rig', 'town']);
});

test('the CI workflow runs the same program as anybody', () => {
  const { jobs, permissions } = parse(read('.github/workflows/ci.yml'));
  expect(jobs.check.steps.at(-1)).toEqual({ run: '.ci/run' });
  expect(permissions).toEqual({ contents: 'read' });
  expect(statSync(path.join(repositoryRoot, '.ci', 'run')).mode & 0o111).not.toBe(0);
});

test('the issue form asks for each thing under an id of its own', () => {
  const { body } = parse(read('.github/ISSUE_TEMPLATE/convoy.yml'));
  const ids = body
    .filter((field: { type: string }) => field.type !== 'markdown')
    .map((field: { id: string }) => field.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('task');
});

test('the package holds every file that its list names', () => {
  const { files, bin } = JSON.parse(read('package.json'));
  const madeByPacking = ['dist', 'npm-shrinkwrap.json'];
  const named = files.filter((file: string) => !madeByPacking.includes(file) && !file.startsWith('!'));
  expect([...named, bin.gastown].filter((file) => !existsSync(path.join(repositoryRoot, file)))).toEqual([]);
});

test('the image starts as whoever it should be, and tells whether it is well', () => {
  const town = read('Dockerfile').split(' AS town')[1] ?? '';
  expect(town).toContain('ENTRYPOINT ["/app/docker/town-entry"]');
  expect(town).toMatch(/^HEALTHCHECK .*CMD \["node", "\/app\/docker\/healthcheck\.js"\]$/m);
  expect(statSync(path.join(repositoryRoot, 'docker', 'town-entry')).mode & 0o111).not.toBe(0);
});

test('in the composition only the proxy sees the socket, and only the town reaches the proxy', () => {
  const { services, networks } = parse(read('compose.yaml'));
  const mounts = ({ volumes = [] }: { volumes?: string[] }) =>
    volumes.filter((one) => one.includes('docker.sock'));
  expect(mounts(services.town)).toEqual([]);
  expect(mounts(services.engine)).toEqual(['/var/run/docker.sock:/var/run/docker.sock:ro']);
  expect(services.engine.networks).toEqual(['engine']);
  expect(networks.engine.internal).toBe(true);
  expect(services.town).toMatchObject({ user: 'town', cap_drop: ['ALL'], build: { target: 'town' } });
  expect(services.town.ports.every((port: string) => port.startsWith('127.0.0.1:'))).toBe(true);
});
