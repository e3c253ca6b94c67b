import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { engineCall } from '../engine/engine-call.ts';
import { SandboxFailed } from '../engine/errors.ts';
import { smallArchive } from '../engine/small-archive.ts';
import { tarEntries } from '../take-out/read-tar.ts';
import { type Baseline, decodeBaseline, encodeBaseline, withChange } from './baseline.ts';

/** The town's own folder in a container: root's, so that nobody inside can write there. */
const FOLDER = '.gas-town';
/** Where lanes look last for a tool: what the image lacks is put there. */
export const SPARE_TOOLS = `/${FOLDER}/bin`;
/** Older than what the set-up did, newer than the tree. */
export const SETUP_STAMP = `/${FOLDER}/stamp`;
/** Made by the engine with each container: newer than its image, older than anything done in it, and root's. */
export const START_STAMP = '/.dockerenv';

const put = (container: Dockerode.Container, archive: Buffer): Promise<unknown> =>
  engineCall('putting files into a container', () => container.putArchive(archive, { path: '/' }));

/** Makes the folders that a sandbox has: the workspace, a home, `/tmp` and the town's own. */
export async function putFolders(container: Dockerode.Container): Promise<void> {
  const folder = (name: string, mode: number, owner: 0 | 1000) => ({ name, mode, owner, content: null });
  await put(
    container,
    await smallArchive([
      folder('workspace', 0o755, 1000),
      folder('home', 0o755, 0),
      folder('home/agent', 0o755, 1000),
      folder('tmp', 0o1777, 0),
      folder(FOLDER, 0o755, 0),
    ]),
  );
}

/**
 * Gives the loopback of a container on a `bare` network its name, as the engine does where it sets a network up: commands
 * serve and ask `localhost`. No image could hold the file, as the engine lays an empty one over it.
 */
export async function putHosts(container: Dockerode.Container): Promise<void> {
  const content = Buffer.from('127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n');
  await put(container, await smallArchive([{ name: 'etc/hosts', mode: 0o644, owner: 0, content }]));
}

export async function putStamp(container: Dockerode.Container): Promise<void> {
  await put(
    container,
    await smallArchive([{ name: `${FOLDER}/stamp`, mode: 0o644, owner: 0, content: Buffer.of() }]),
  );
}

/** A baseline is kept in parts, one for each layer that changed it, so that a layer holds no more than what it changed. */
const partName = (layer: number): string => `${FOLDER}/baseline/${String(layer).padStart(4, '0')}.json`;

export async function putBaseline(
  container: Dockerode.Container,
  layer: number,
  part: Baseline,
): Promise<void> {
  await put(
    container,
    await smallArchive([
      { name: `${FOLDER}/baseline`, mode: 0o700, owner: 0, content: null },
      { name: partName(layer), mode: 0o600, owner: 0, content: encodeBaseline(part) },
    ]),
  );
}

/** The layer of what a container changed for itself before anybody worked in it. */
export const OWN_LAYER = 9999;

/**
 * Reads a baseline back through the engine, not through anything that runs in the container: all its parts, laid over each
 * other. Rejects with `SandboxFailed` when there are none or one is damaged.
 */
export async function getBaseline(container: Dockerode.Container): Promise<Baseline> {
  const doing = 'reading a baseline';
  const archive = await engineCall(doing, () => container.getArchive({ path: `/${FOLDER}/baseline` }));
  const parts = new Map<string, Baseline>();
  for await (const entry of tarEntries(Readable.from(archive))) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.content) chunks.push(chunk);
    const name = `${FOLDER}/${entry.path}`;
    try {
      parts.set(name, decodeBaseline(Buffer.concat(chunks)));
    } catch (cause) {
      throw new SandboxFailed({ doing, status: null, reason: `${name} is damaged` }, { cause });
    }
  }
  const [oldest, ...later] = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  if (oldest === undefined) throw new SandboxFailed({ doing, status: null, reason: 'there is none' });
  return later.reduce(withChange, oldest);
}
