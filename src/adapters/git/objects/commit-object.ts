import type { Signature } from '../../../town/ports/git-store.ts';

export interface CommitFacts {
  readonly tree: string;
  readonly parents: readonly string[];
}

/** What a commit's header says of its tree and parents. */
export function parseCommit(bytes: Buffer): CommitFacts {
  const end = bytes.indexOf('\n\n');
  const header = bytes.toString('latin1', 0, end === -1 ? bytes.length : end).split('\n');
  const values = (name: string): string[] =>
    header.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const [tree] = values('tree');
  if (tree === undefined) throw new Error('A commit names no tree.');
  return { tree, parents: values('parent') };
}

/** Signs that would end a field are dropped, as git does. */
const plain = (text: string): string => text.replaceAll(/[<>\n\0]/g, '').trim();

/** `Name <mail> seconds +0000`, as commit objects have it. */
export const signed = (who: Signature): string =>
  `${plain(who.name)} <${plain(who.email)}> ${Math.floor(Date.parse(who.at) / 1000)} +0000`;

/** A commit object; its last line is ended, as `git commit-tree` does. Author and committer are the same. */
export function formatCommit(
  commit: CommitFacts & { readonly message: string; readonly author: Signature },
): Buffer {
  const who = signed(commit.author);
  const text = commit.message.replaceAll('\0', '');
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    '',
    text === '' || text.endsWith('\n') ? text : `${text}\n`,
  ];
  return Buffer.from(lines.join('\n'), 'utf8');
}
