import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { hardenedContainer } from '../engine/container-config.ts';
import { engineCall, engineCallOrNull } from '../engine/engine-call.ts';
import { containerLabels, newContainerName } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';
import { removeContainer } from '../engine/remove-container.ts';
import { smallArchive } from '../engine/small-archive.ts';
import { tarEntries } from '../take-out/read-tar.ts';
import { SPARE_TOOLS } from './town-files.ts';

const BUSYBOX = '/bin/busybox';
const limits = { memoryBytes: 2 ** 25, cpus: 1, processes: 8 };

/** A static busybox out of an image that has one; null where the image is not there or has none. */
async function busyboxOf(image: string, convoy: string, settings: Settings): Promise<Buffer | null> {
  const shape = hardenedContainer({
    image,
    limits,
    network: 'bare',
    labels: containerLabels(settings.town, { convoy, purpose: 'tools' }, ''),
    maxFileBytes: 2 ** 20,
  });
  const name = newContainerName(settings.town, '');
  const container = await engineCallOrNull('making a container', () =>
    settings.docker.createContainer({ ...shape, name }),
  );
  if (container === null) return null;
  try {
    // Follows no link: Debian's `/bin` is one, and the engine resolves folders on the way.
    const archive = await engineCallOrNull('reading a tool', () => container.getArchive({ path: BUSYBOX }));
    if (archive === null) return null;
    for await (const entry of tarEntries(Readable.from(archive))) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry.content) chunks.push(chunk);
      return Buffer.concat(chunks);
    }
    return null;
  } finally {
    await removeContainer(container);
  }
}

/**
 * Puts a static busybox where lanes look last for the tools of these names, so that an image needs no more than `sh`.
 * False where there is none to put in.
 */
export async function putSpareTools(
  container: Dockerode.Container,
  tools: readonly string[],
  convoy: string,
  settings: Settings,
): Promise<boolean> {
  if (settings.toolsImage === null) return false;
  const busybox = await busyboxOf(settings.toolsImage, convoy, settings);
  if (busybox === null) return false;
  const folder = SPARE_TOOLS.slice(1);
  const archive = await smallArchive([
    { name: folder, mode: 0o755, owner: 0, content: null },
    { name: `${folder}/busybox`, mode: 0o755, owner: 0, content: busybox },
    ...tools.map(
      (tool) => ({ name: `${folder}/${tool}`, mode: 0o777, owner: 0, target: 'busybox' }) as const,
    ),
  ]);
  await engineCall('putting tools into a container', () => container.putArchive(archive, { path: '/' }));
  return true;
}
