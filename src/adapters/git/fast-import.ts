import { once } from 'node:events';
import type { Signature } from '../../town/ports/git-store.ts';
import type { Git } from './git-process.ts';
import type { PathKey } from './path-bytes.ts';

/** The order in which git's `fast-import` is spoken to: any number of blobs, then one commit. */
export interface FastImport {
  /** Stores a blob; returns the mark by which `commit` names it. */
  blob(content: Uint8Array): Promise<number>;
  /** Writes the commit and ends the process; resolves to the commit's id. No ref is left. */
  commit(request: {
    readonly parent: string;
    readonly author: Signature;
    readonly message: string;
    readonly deleted: readonly PathKey[];
    readonly written: readonly { readonly key: PathKey; readonly mode: string; readonly mark: number }[];
  }): Promise<string>;
  /** Ends the process without a commit; safe at any time. */
  abandon(): Promise<void>;
}

/** fast-import can't commit without naming a ref; this one is reset before it would be written. */
const scratchRef = 'refs/gas-town/import';
const commitMark = 1_000_000_000;

const quoted = (key: PathKey): string =>
  `"${key.replaceAll(/["\\]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')}"`;

/** `Name <mail> seconds +0000`, as commit objects have it. Signs that would end the field are dropped, as git does. */
const signed = (who: Signature): string => {
  const plain = (text: string): string => text.replaceAll(/[<>\n\0]/g, '').trim();
  return `${plain(who.name)} <${plain(who.email)}> ${Math.floor(Date.parse(who.at) / 1000)} +0000`;
};

export function startFastImport(git: Git): FastImport {
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
