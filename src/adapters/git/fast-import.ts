import { once } from 'node:events';
import type { CommitWriter } from './commit-writer.ts';
import type { Git } from './git-process.ts';
import { signed } from './objects/commit-object.ts';
import type { PathKey } from './path-bytes.ts';

/** fast-import can't commit without naming a ref; this one is reset before it would be written. */
const scratchRef = 'refs/gas-town/import';
const commitMark = 1_000_000_000;

const quoted = (key: PathKey): string =>
  `"${key.replaceAll(/["\\]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')}"`;

/** git's `fast-import` behind the writer of a commit: for many files, which it packs, and large ones, which it streams. */
export function startFastImport(git: Git): CommitWriter {
  const { child, ended } = git.start(['fast-import', '--quiet', '--done', '--date-format=raw']);
  // A failure is told by whichever call awaits `ended`; until then it must not count as unhandled.
  ended.catch(() => undefined);
  let blobs = 0;
  let said = '';
  child.stdout.setEncoding('latin1').on('data', (piece: string) => {
    said += piece;
  });

  const send = async (piece: string | Uint8Array): Promise<void> => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain'), ended]);
  };
  const finish = async (): Promise<void> => {
    child.stdin.end('done\n');
    await ended;
  };

  return {
    async blob(content) {
      blobs += 1;
      await send(`blob\nmark :${blobs}\ndata ${content.length}\n`);
      await send(content);
      await send('\n');
      return blobs;
    },
    async commit({ parent, author, message, deleted, written }) {
      const text = Buffer.from(message, 'utf8').toString('latin1');
      const who = Buffer.from(signed(author), 'utf8').toString('latin1');
      await send(`commit ${scratchRef}\nmark :${commitMark}\nauthor ${who}\ncommitter ${who}\n`);
      await send(`data ${text.length}\n${text}\nfrom ${parent}\n`);
      for (const key of deleted) await send(`D ${quoted(key)}\n`);
      for (const { key, mode, mark } of written) await send(`M ${mode} :${mark} ${quoted(key)}\n`);
      await send(`\nget-mark :${commitMark}\nreset ${scratchRef}\nfrom ${'0'.repeat(parent.length)}\n\n`);
      await finish();
      return said.trim();
    },
    async abandon() {
      child.kill();
      await ended.catch(() => undefined);
    },
  };
}
