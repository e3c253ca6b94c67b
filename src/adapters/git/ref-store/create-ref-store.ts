import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RefStore } from '../../../ledger/ports/ref-store.ts';
import type { Remote } from '../../../town/ports/git-store.ts';
import { createGit } from '../git-process.ts';
import { requireGit } from '../git-version.ts';
import { makeRepository } from '../make-repository.ts';
import { createObjectReader } from '../objects/object-reader.ts';
import { noPatience, type PushPatience } from '../run-push.ts';
import { createFetchRefs } from './fetch-refs.ts';
import { listRefs } from './list-refs.ts';
import { pushRefs } from './push-refs.ts';
import { readChain } from './read-chain.ts';
import { grewFrom } from './walk-history.ts';
import { writeCommit } from './write-commit.ts';

export interface RefStoreOptions {
  /** Absolute path of a bare repository that holds nothing but the ledger's objects; made where there is none. */
  readonly repository: string;
  /** Asked for anew before each transfer: a token lasts an hour. */
  readonly remote: () => Promise<Remote>;
  /** Dates commits. */
  readonly clock: () => Date;
  readonly host?: Readonly<Record<string, string | undefined>>;
  /** Absolute path of another bare repository, whose commits refs can be moved to as well. */
  readonly beside?: string;
  /** Default: a push that the remote does not take is not made again. */
  readonly patience?: PushPatience;
}

/** The ledger's refs: what goes to the remote and comes from there by the git program, what is here read and written without it. Rejects with `GitMissing` or `GitTooOld`. */
export async function createRefStore({
  repository,
  remote,
  clock,
  host = process.env,
  patience = noPatience,
  beside,
}: RefStoreOptions): Promise<RefStore> {
  await requireGit(createGit({ program: 'git', host, repository: null }));
  await mkdir(repository, { recursive: true });
  const git = createGit({ program: 'git', host, repository });
  await makeRepository(git, repository);
  if (beside !== undefined) await lookIn(repository, beside);
  const reader = createObjectReader(git);
  const fetchRefs = createFetchRefs(git, reader);
  return {
    list: async (prefix) => listRefs(git, await remote(), [`${prefix}*`]),
    fetch: async (refs) => fetchRefs(await remote(), refs),
    chain: (head, after, files) => readChain(reader, { head, after, files }),
    commit: (content) => writeCommit(repository, content, clock()),
    push: (moves) => pushRefs(git, remote, moves, patience),
    isAncestor: (ancestor, descendant) => grewFrom(git, reader, ancestor, descendant),
  };
}

/** Objects of another repository count as this one's. Source: gitrepository-layout(5), objects/info/alternates. */
async function lookIn(repository: string, other: string): Promise<void> {
  const objects = join(other, 'objects');
  await mkdir(objects, { recursive: true });
  await writeFile(join(repository, 'objects', 'info', 'alternates'), `${objects}\n`);
}
