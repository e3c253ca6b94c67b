import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { SandboxFailed } from '../engine/errors.ts';
import type { Lanes } from '../shell/lanes.ts';
import { asWords, feed } from '../shell/shell-text.ts';
import { type BytePath, bytesOf } from './byte-path.ts';
import { tarEntries } from './read-tar.ts';

export interface ReadFile {
  readonly mode: '100644' | '100755' | '120000';
  readonly content: Buffer;
  /** SHA-256 in hex. */
  readonly hash: string;
}

const READING_TIMEOUT_MS = 300_000;
const TAR =
  'tar --create --format=gnu --no-recursion --hard-dereference --ignore-failed-read --warning=none -f -';

function archive(paths: readonly BytePath[]): string {
  const words = asWords(paths);
  if (words !== null) return `${TAR} -- ${words}`;
  const list = Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.of(0)]));
  return feed(list, `| ${TAR} --null -T -`);
}

/**
 * Reads files and symlinks of the workspace in one go. What vanished or can't be read is missing from the answer, and what
 * was not asked for is dropped. Rejects with `SandboxFailed` when more than `maxBytes` come.
 */
export async function readFiles(
  lanes: Lanes,
  paths: readonly BytePath[],
  maxBytes: number,
): Promise<Map<BytePath, ReadFile>> {
  const files = new Map<BytePath, ReadFile>();
  if (paths.length === 0) return files;
  const asked = new Set(paths);
  const tar = new PassThrough({ highWaterMark: maxBytes });
  // Headers and padding take up to 1.5 KiB a file, long names another.
  let left = maxBytes + paths.length * 16 * 1024 + 64 * 1024;
  const call = lanes
    .call(
      `cd /workspace\n${archive(paths.map((path) => `./${path}`))}`,
      (_section, bytes) => {
        left -= bytes.length;
        tar.write(bytes);
        return left > 0;
      },
      { timeoutMs: READING_TIMEOUT_MS },
    )
    .finally(() => tar.end());
  const reading = (async () => {
    for await (const entry of tarEntries(tar)) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry.content) chunks.push(chunk);
      const content = Buffer.concat(chunks);
      const hash = createHash('sha256').update(content).digest('hex');
      if (asked.has(entry.path)) files.set(entry.path, { mode: entry.mode, content, hash });
    }
  })();
  const failed = (reason: string, cause?: unknown): SandboxFailed =>
    new SandboxFailed({ doing: 'reading files of the workspace', status: null, reason }, { cause });
  const [answer, read] = await Promise.allSettled([call, reading]);
  if (answer.status === 'rejected') throw answer.reason;
  if (left <= 0) throw failed(`more than ${maxBytes} bytes came out`);
  if (read.status === 'rejected') throw failed('the archive is damaged', read.reason);
  if (answer.value.status === 'lost') throw failed('the container gave no archive');
  return files;
}
