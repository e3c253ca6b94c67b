import type { Git } from './git-process.ts';
import { shown } from './path-bytes.ts';

/** Unified diff with renames found, as text, cut at `maxBytes`; `paths` are files and folders, taken literally. */
export async function diff(
  git: Git,
  from: string,
  to: string,
  { maxBytes, paths = [] }: { readonly maxBytes: number; readonly paths?: readonly string[] },
): Promise<{ text: string; truncated: boolean }> {
  const { child, ended } = git.start([
    '--literal-pathspecs',
    'diff-tree',
    '-p',
    '-M',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    from,
    to,
    '--',
    ...paths,
  ]);
  child.stdin.end();
  const head = await readHead(child.stdout, maxBytes);
  if (head.truncated) {
    child.kill();
    await ended.catch(() => undefined);
  } else {
    await ended;
  }
  return { text: head.bytes.toString('utf8'), truncated: head.truncated };
}

/** The first bytes of a stream; the rest is not read. */
export async function readHead(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<{ bytes: Buffer; truncated: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) return { bytes: Buffer.concat(pieces).subarray(0, maxBytes), truncated: true };
  }
  return { bytes: Buffer.concat(pieces), truncated: false };
}

/** Lines added and removed per path; null for what is not text. A rename is one path removed and one added. */
export async function changedPaths(
  git: Git,
  from: string,
  to: string,
): Promise<{ path: string; added: number | null; removed: number | null }[]> {
  const { stdout } = await git.run(['diff-tree', '-r', '-z', '--numstat', '--no-renames', from, to]);
  const count = (text: string | undefined): number | null => (text === '-' ? null : Number(text));
  return stdout
    .toString('latin1')
    .split('\0')
    .filter((record) => record.includes('\t'))
    .map((record) => {
      const [added, removed, ...path] = record.split('\t');
      return { path: shown(path.join('\t')), added: count(added), removed: count(removed) };
    });
}
