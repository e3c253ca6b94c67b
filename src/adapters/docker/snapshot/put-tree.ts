import { PassThrough, Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { engineCall, engineFailure, WITHOUT_LIMIT } from '../engine/engine-call.ts';
import { SandboxFailed } from '../engine/errors.ts';
import { smallArchive } from '../engine/small-archive.ts';
import { type BytePath, foldersOf, readable } from '../take-out/byte-path.ts';
import { addTreeTo } from '../take-out/read-tar.ts';
import { type Baseline, emptyBaseline } from './baseline.ts';

/** Folders that an archive implies without naming them are made by the engine and root's: gives them to the sandbox user. */
async function ownFolders(
  container: Dockerode.Container,
  baseline: Baseline,
  named: ReadonlySet<BytePath>,
): Promise<void> {
  const implied = foldersOf(baseline.entries.keys()).filter((folder) => !named.has(folder));
  if (implied.length === 0) return;
  const archive = await smallArchive(
    implied.reverse().map((path) => ({ name: readable(path), mode: 0o755, owner: 1000, content: null })),
  );
  await engineCall('unpacking folders in a container', () =>
    container.putArchive(archive, { path: '/workspace' }),
  );
}

/**
 * Streams a tar of a tree into a container's workspace and returns what it held. The engine unpacks as root, so owners
 * come from the archive. Rejects with `EngineUnavailable` or `SandboxFailed`; the source's own error is the cause.
 */
export async function putTree(container: Dockerode.Container, tar: Readable): Promise<Baseline> {
  const doing = 'unpacking a tree in a container';
  const baseline = emptyBaseline();
  const body = new PassThrough({ highWaterMark: 1024 * 1024 });
  const tap = new PassThrough({ highWaterMark: 1024 * 1024 });
  const broken = new AbortController();
  // A tar library's own kind of stream can't be piped twice.
  const source = tar instanceof Readable ? tar : Readable.from(tar);
  source.on('error', (error) => {
    broken.abort(error);
    tap.destroy(error);
  });
  source.pipe(body);
  source.pipe(tap);
  const put = engineCall(
    doing,
    () => container.putArchive(body, { path: '/workspace', abortSignal: broken.signal }),
    WITHOUT_LIMIT,
  );
  // The engine may refuse while the tar still flows: without this, the tap would wait for ever.
  put.catch((error: unknown) => tap.destroy(engineFailure(doing, error)));
  const [sent, read] = await Promise.allSettled([put, addTreeTo(baseline, tap)]);
  source.destroy();
  if (broken.signal.aborted) {
    const cause: unknown = broken.signal.reason;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SandboxFailed({ doing, status: null, reason }, { cause });
  }
  if (sent.status === 'rejected') throw sent.reason;
  if (read.status === 'rejected') throw engineFailure(doing, read.reason);
  await ownFolders(container, baseline, read.value);
  return baseline;
}
