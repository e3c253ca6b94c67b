import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { tarOf } from './build-context.js';
import { requestEngine } from './engine-api.js';
import { runCommand } from './run-command.js';

const suite = 'bookworm';
const npmVersion = '11.21.2';

/** As the published base image has it: no documentation, and no flush to disk after each file of a package. */
const packageSettings = {
  'dpkg.cfg.d/slim': [
    'force-unsafe-io',
    'path-exclude /usr/share/doc/*',
    'path-exclude /usr/share/man/*',
    'path-exclude /usr/share/locale/*',
    '',
  ].join('\n'),
  'apt.conf.d/slim': ['APT::Install-Recommends "false";', 'Acquire::Languages "none";', ''].join('\n'),
};

/**
 * Makes the base image from Debian's packages and the Node of this project, and gives it to the engine under `name`.
 * Nothing of it stays on the host.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {{ name: string, workFolder: string, nodeBinary: string }} request `workFolder` is on the host, for the time being
 */
export async function makeBaseImage(endpoint, { name, workFolder, nodeBinary }) {
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(path.join(workFolder, 'base-'));
  const tree = path.join(folder, 'root');
  try {
    const sources = hostSources();
    await Promise.all([
      runCommand('debootstrap', ['--variant=minbase', suite, tree, ...(sources ? [sources.mirror] : [])]),
      runCommand('npm', [
        'install',
        '--prefix',
        path.join(folder, 'npm'),
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        `npm@${npmVersion}`,
      ]),
    ]);
    settlePackages(tree, sources);
    placeNode(tree, nodeBinary, path.join(folder, 'npm', 'node_modules', 'npm'));
    await importTree(endpoint, tree, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Debian's package sources as this host has them, where it is a Debian of the same suite.
 * @returns {{ mirror: string, text: string } | undefined}
 */
function hostSources() {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []),
  ];
  const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const entries = texts.flatMap((text) => [...oneLineEntries(text), ...paragraphEntries(text)]);
  const ours = entries.filter(
    (entry) =>
      entry.uri.startsWith('http') &&
      entry.suites.some((name) => name === suite || name.startsWith(`${suite}-`)),
  );
  const main = ours.find((entry) => entry.suites.includes(suite));
  if (!main) return undefined;
  const text = ours
    .flatMap((entry) => entry.suites.map((name) => `deb ${entry.uri} ${name} main\n`))
    .join('');
  return { mirror: main.uri, text };
}

function oneLineEntries(text) {
  return [...text.matchAll(/^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$/gm)]
    .filter(([, , , components]) => components.split(/\s+/).includes('main'))
    .map(([, uri, name]) => ({ uri, suites: [name] }));
}

function paragraphEntries(text) {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name) =>
      new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(paragraph)?.[1].trim().split(/\s+/) ?? [];
    if (!field('Types').includes('deb') || !field('Components').includes('main')) return [];
    return field('URIs').map((uri) => ({ uri, suites: field('Suites') }));
  });
}

function settlePackages(tree, sources) {
  for (const [file, text] of Object.entries(packageSettings)) {
    const [folder, name] = file.split('/');
    const owner = folder.startsWith('dpkg') ? 'dpkg' : 'apt';
    mkdirSync(path.join(tree, 'etc', owner, folder), { recursive: true });
    writeFileSync(path.join(tree, 'etc', owner, folder, name), text);
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
  const query = new URLSearchParams({
    fromSrc: '-',
    repo: repository,
    tag,
    message: 'Made from packages: the published image could not be pulled',
  });
  query.append('changes', 'CMD ["node"]');
  query.append('changes', 'LABEL gas-town.base=debootstrap');
  const leaveOut = [
    '--exclude=./var/cache/apt/archives/*.deb',
    '--exclude=./var/lib/apt/lists/*',
    '--exclude=./dev/*',
    '--exclude=./proc/*',
    '--exclude=./sys/*',
  ];
  await requestEngine(endpoint, 'POST', `/images/create?${query}`, {
    body: tarOf(tree, leaveOut),
    onMessage: () => {},
  });
}
