import { pipeline, type Readable } from 'node:stream';
import type { Git } from './git-process.ts';
import { ownTar } from './own-tar.ts';

/** A tree as a tar stream; submodules are empty folders in it. It fails when git does; destroying it ends git. */
export function packTree(git: Git, tree: string, seconds: number): Readable {
  const { child, ended } = git.start(['archive', '--format=tar', tree]);
  child.stdin.end();
  const owned = ownTar(seconds, ended);
  pipeline(child.stdout, owned, (error) => {
    if (error) child.kill();
  });
  // git that could not even be started closes no stream.
  ended.catch((error: unknown) => owned.destroy(error instanceof Error ? error : new Error(String(error))));
  return owned;
}
