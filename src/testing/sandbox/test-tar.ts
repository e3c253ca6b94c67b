import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

export interface TestFile {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly executable?: boolean;
  readonly target?: string;
}

/** A tree as the git adapter packs one: owned by the sandbox user. */
export function testTar(files: readonly TestFile[]): Readable {
  const archive = pack();
  for (const { path, content = '', executable = false, target } of files) {
    const header = { name: path, uid: 1000, gid: 1000, mode: executable ? 0o755 : 0o644 };
    if (target === undefined) archive.entry({ ...header, type: 'file' }, content);
    else archive.entry({ ...header, type: 'symlink', linkname: target }, '');
  }
  archive.finalize();
  return Readable.from(archive);
}
