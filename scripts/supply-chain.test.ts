import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readLicences } from './read-licences.js';
import { repositoryRoot } from './repository-root.js';

const run = promisify(execFile);
const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}
const locked = Object.entries<Locked>(JSON.parse(read('package-lock.json')).packages).filter(
  ([folder]) => folder !== '',
);
const nameOf = (folder: string) => folder.replace(/^.*node_modules\//, '');

describe('the lockfile', () => {
  test('binds every package to its bytes, and takes none from elsewhere than the registry', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
    const elsewhere = locked.filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });

  test('every dependency that is named is pinned to one version', () => {
    const named = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test('no package runs a script when it is installed, but the one that fetches a newer Node for a checkout', () => {
    const scripted = new Set(
      locked.filter(([, one]) => one.hasInstallScript).map(([folder]) => nameOf(folder)),
    );
    expect([...scripted].toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted());
    const allowed = Object.entries(manifest.allowScripts).filter(([, may]) => may);
    expect(allowed).toEqual([['node', true]]);
    expect(Object.keys(manifest.dependencies)).not.toContain('node');
    expect(read('scripts/setup/step-dependencies.js')).toContain("['ci', '--ignore-scripts']");
  });

  test('the one native package brings what it needs compiled', async () => {
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(':memory:');
    expect(database.prepare('SELECT 1 AS one').get()).toEqual({ one: 1 });
    database.close();
    expect(locked.filter(([folder]) => folder === 'node_modules/better-sqlite3')).toMatchObject([
      [expect.any(String), expect.not.objectContaining({ hasInstallScript: true })],
    ]);
  });
});

test('what the package depends on may be passed on: every licence is known and permissive', () => {
  const permissive =
    /^(MIT|ISC|Apache-2\.0|0BSD|BSD-2-Clause|BSD-3-Clause|Unlicense|BlueOak-1\.0\.0|CC0-1\.0|Python-2\.0)$/;
  const licences = readLicences(repositoryRoot);
  expect(licences.length).toBeGreaterThan(150);
  const others = licences.filter(
    ({ licence }) => !licence?.split(/ OR /).some((one) => permissive.test(one.replaceAll(/[()]/g, ''))),
  );
  expect(others).toEqual([]);
});

test('the bill of materials names every package that is installed with it', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'sbom'], {
    cwd: repositoryRoot,
    maxBuffer: 2 ** 26,
  });
  const { bomFormat, components } = JSON.parse(stdout);
  expect(bomFormat).toBe('CycloneDX');
  const named = new Set(components.map((one: { purl: string }) => decodeURIComponent(one.purl)));
  const missing = readLicences(repositoryRoot).filter(
    ({ name, version }) => !named.has(`pkg:npm/${name}@${version}`),
  );
  expect(missing).toEqual([]);
});

test('CI asks the registry for known holes and signatures, and keeps the bill of materials', () => {
  const steps: readonly { run?: string }[] = parse(read('.github/workflows/ci.yml')).jobs['supply-chain']
    .steps;
  const commands = steps.flatMap(({ run: command }) => command ?? []);
  expect(commands).toEqual([
    'npm ci --ignore-scripts',
    'npm audit --audit-level=moderate',
    'npm audit signatures',
    'npm run --silent licences',
    'npm run --silent sbom > sbom.cdx.json',
  ]);
});
