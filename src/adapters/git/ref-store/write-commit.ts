import type { Git } from '../git-process.ts';

interface Content {
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
}

const identity = { name: 'Gas Town', email: 'gas-town@users.noreply.github.com' };

/** Writes blobs, their flat tree and the commit. */
export async function writeCommit(git: Git, { parents, files, message }: Content, at: Date): Promise<string> {
  const entries: string[] = [];
  for (const [name, bytes] of files) {
    const { stdout } = await git.run(['hash-object', '-w', '--stdin'], { input: bytes });
    entries.push(`100644 blob ${stdout.toString('utf8').trim()}\t${name}\n`);
  }
  const { stdout } = await git.run(['mktree'], { input: entries.join('') });
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  return git.text(
    [
      'commit-tree',
      stdout.toString('utf8').trim(),
      ...parents.flatMap((parent) => ['-p', parent]),
      '-F',
      '-',
    ],
    {
      input: message,
      variables: {
        GIT_AUTHOR_NAME: identity.name,
        GIT_AUTHOR_EMAIL: identity.email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: identity.name,
        GIT_COMMITTER_EMAIL: identity.email,
        GIT_COMMITTER_DATE: date,
      },
    },
  );
}
