import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { type Baseline, decodeBaseline, encodeBaseline } from './baseline.ts';
import { engineCall, engineCallOrNull } from './engine-call.ts';
import { SandboxFailed } from './errors.ts';
import { tarEntries } from './read-tar.ts';
import { smallArchive } from './small-archive.ts';

/** The town's own folder in a container: root's, so that nobody inside can write there. */
const FOLDER = '.gas-town';
/** Older than what the set-up did, newer than the tree. */
export const SETUP_STAMP = `/${FOLDER}/stamp`;
/** Made by the engine with each container: newer than its image, older than anything done in it, and root's. */
export const START_STAMP = '/.dockerenv';

type BaselineName = 'baseline.json' | 'difference.json';

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

export async function putStamp(container: Dockerode.Container): Promise<void> {
  await put(
    container,
    await smallArchive([{ name: `${FOLDER}/stamp`, mode: 0o644, owner: 0, content: Buffer.of() }]),
  );
}

export async function putBaseline(
  container: Dockerode.Container,
  name: BaselineName,
  baseline: Baseline,
): Promise<void> {
  const content = encodeBaseline(baseline);
  await put(container, await smallArchive([{ name: `${FOLDER}/${name}`, mode: 0o600, owner: 0, content }]));
}

/** Reads a baseline back through the engine, not through anything that runs in the container; null when there is none. */
export async function getBaseline(
  container: Dockerode.Container,
  name: BaselineName,
): Promise<Baseline | null> {
  const doing = 'reading a baseline';
  const stream = await engineCallOrNull(doing, () => container.getArchive({ path: `/${FOLDER}/${name}` }));
  if (stream === null) return null;
  for await (const entry of tarEntries(Readable.from(stream))) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.content) chunks.push(chunk);
    try {
      return decodeBaseline(Buffer.concat(chunks));
    } catch (cause) {
      throw new SandboxFailed({ doing, status: null, reason: `${name} is damaged` }, { cause });
    }
  }
  return null;
}
