import type { RefCommit } from '../../../ledger/ports/ref-store.ts';
import type { Git } from '../git-process.ts';

interface ChainRequest {
  readonly head: string;
  readonly after: string | null;
  /** Names of the files that are read of each commit, where it has them. */
  readonly files: readonly string[];
}

/** The commits between two, oldest first, with their files: two processes, however many commits there are. */
export async function readChain(
  git: Git,
  { head, after, files }: ChainRequest,
): Promise<readonly RefCommit[]> {
  const listed = await git.text(
    ['rev-list', '--reverse', '--first-parent', head].concat(after === null ? [] : [`^${after}`]),
  );
  const oids = listed === '' ? [] : listed.split('\n');
  if (oids.length === 0) return [];
  const asked = oids.flatMap((oid) => files.map((file) => `${oid}:${file}\n`)).join('');
  const { stdout } = await git.run(['cat-file', '--batch'], { input: asked });
  const answers = blobs(stdout);
  return oids.map((oid) => {
    const found = files.flatMap((file) => {
      const bytes = answers.next().value ?? null;
      return bytes === null ? [] : [[file, bytes] as const];
    });
    return { oid, files: new Map(found) };
  });
}

/** `<oid> blob <size> LF <bytes> LF`, or `<asked> missing LF`. Source: git-cat-file(1), BATCH OUTPUT. */
function* blobs(output: Buffer): Generator<Buffer | null, undefined> {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const header = output.toString('utf8', at, end);
    at = end + 1;
    const match = /^[0-9a-f]+ blob (\d+)$/.exec(header);
    if (match === null) {
      yield null;
      continue;
    }
    const size = Number(match[1]);
    yield output.subarray(at, at + size);
    at += size + 1;
  }
}
