import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tarOf } from './build-context.js';
import { hostSources } from './debian-sources.js';
import { requestEngine } from './engine-api.js';
import { runCommand } from './run-command.js';
import { runNpm } from './run-npm.js';
import { unmountUnder } from './unmount-under.js';

const suite = 'bookworm';
const npmVersion = '11.21.2';

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
 * Makes the base image from Debian's packages, the Node of this project and npm, and gives it to the engine.
 * Nothing of it stays on the host.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {{ name: string, root: string, workFolder: string, nodeBinary: string }} request `name` is the image's;
 *   `root` the project's folder; `workFolder` takes half a gibibyte for the time being
 * @throws {import('./run-command.js').CommandError}
 */
export async function makeBaseImage(endpoint, { name, root, workFolder, nodeBinary }) {
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(path.join(workFolder, 'base-'));
  const tree = path.join(folder, 'root');
  const npmPrefix = path.join(folder, 'npm');
  try {
    await runNpm(root, ['install', '--prefix', npmPrefix, '--ignore-scripts', `npm@${npmVersion}`]);
    await bootstrap(tree);
    placeNode(tree, nodeBinary, path.join(npmPrefix, 'node_modules', 'npm'));
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

function placeNode(tree, nodeBinary, npmFolder) {
  const local = path.join(tree, 'usr', 'local');
  cpSync(nodeBinary, path.join(local, 'bin', 'node'), { dereference: true });
  cpSync(npmFolder, path.join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
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
