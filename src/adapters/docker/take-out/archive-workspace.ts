import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { engineCall, engineFailure } from '../engine/engine-call.ts';
import type { Baseline } from '../snapshot/baseline.ts';
import { type BytePath, readable } from './byte-path.ts';
import { IgnoredPaths } from './ignored-paths.ts';
import type { Listed } from './list-workspace.ts';
import type { ReadFile } from './read-files.ts';
import { type TarEntry, tarEntries } from './read-tar.ts';
import type { Survey } from './survey-workspace.ts';
import { takeOutLimits } from './take-out-limits.ts';

const inside = (path: BytePath): BytePath => path.replace(/^workspace\/?/, '');
const inGit = (path: BytePath): boolean => path.split('/').some((part) => part.toLowerCase() === '.git');

/** What the engine's archive of the workspace holds, and the content of what differs from the baseline. */
class Archive {
  readonly #baseline: Baseline;
  readonly #builtIn = new IgnoredPaths(new Map());
  readonly #present = new Set<BytePath>();
  readonly files = new Map<BytePath, ReadFile>();
  /** Second names of files whose content was not kept. */
  readonly unread: BytePath[] = [];
  readonly touched = new Map<BytePath, Listed>();
  readonly gitFolders = new Set<BytePath>();
  #room = takeOutLimits.maxTotalBytes;

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
  }

  async take({ path, mode, content }: TarEntry): Promise<void> {
    const hash = createHash('sha256');
    const chunks: Buffer[] = [];
    let size = 0;
    const known = this.#baseline.entries.get(path);
    const wanted = !inGit(path) && (known?.tracked === true || !this.#builtIn.ignores(path));
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      if (wanted && size <= takeOutLimits.maxFileBytes) chunks.push(chunk);
    }
    if (!wanted) {
      if (inGit(path)) this.#sawGit(path);
      return;
    }
    this.#present.add(path);
    const file = { mode, hash: hash.digest('hex'), content: Buffer.concat(chunks) };
    if (known?.mode !== file.mode || known.hash !== file.hash) this.#keep(path, file, size);
  }

  /** A second name of a file that came before: the same content. */
  link(path: BytePath, target: BytePath): void {
    if (inGit(path)) return;
    this.#present.add(path);
    const file = this.files.get(target);
    if (file !== undefined) this.#keep(path, file, file.content.length);
    else this.unread.push(path);
  }

  special(path: BytePath): void {
    if (!inGit(path)) this.touched.set(path, { type: 'p', mode: 0, size: 0 });
  }

  /** Files of the baseline that the archive does not hold. */
  missing(): BytePath[] {
    return [...this.#baseline.entries]
      .filter(([path, { mode }]) => mode !== '000000' && !this.#present.has(path) && !this.touched.has(path))
      .map(([path]) => path);
  }

  #keep(path: BytePath, file: ReadFile, size: number): void {
    this.touched.set(path, { type: file.mode === '120000' ? 'l' : 'f', mode: 0o700, size });
    this.#room -= file.content.length;
    if (this.#room >= 0 && file.content.length === size) this.files.set(path, file);
  }

  #sawGit(path: BytePath): void {
    const parts = path.split('/');
    const at = parts.findIndex((part) => part.toLowerCase() === '.git');
    this.gitFolders.add(parts.slice(0, at + 1).join('/'));
  }
}

/**
 * Surveys a workspace through the engine alone: its archive of all files, compared with the baseline by content. Needs
 * nothing of the image, and takes as long as the workspace is large.
 */
export async function readArchive(container: Dockerode.Container, baseline: Baseline): Promise<Survey> {
  const doing = 'reading the workspace';
  const archive = new Archive(baseline);
  const read = async (path: string, name: (path: BytePath) => BytePath): Promise<void> => {
    const stream = await engineCall(doing, () => container.getArchive({ path }));
    const entries = tarEntries(Readable.from(stream), {
      onHardLink: (link, target) => archive.link(name(link), name(target)),
      onSpecial: (special) => archive.special(name(special)),
    });
    for await (const entry of entries) await archive.take({ ...entry, path: name(entry.path) });
  };
  try {
    await read('/workspace', inside);
    for (const path of archive.unread.splice(0)) await read(`/workspace/${readable(path)}`, () => path);
  } catch (cause) {
    throw engineFailure(doing, cause);
  }
  return {
    listing: {
      touched: archive.touched,
      closed: [],
      missing: archive.missing(),
      gitFolders: [...archive.gitFolders],
    },
    read: async (paths) =>
      new Map(
        paths.flatMap((path) => {
          const file = archive.files.get(path);
          return file === undefined ? [] : [[path, file]];
        }),
      ),
  };
}
