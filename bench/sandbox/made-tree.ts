import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

export interface TreeShape {
  readonly files: number;
  readonly bytesPerFile: number;
}

export const tree5mb: TreeShape = { files: 500, bytesPerFile: 10_000 };
export const tree1gb: TreeShape = { files: 20_000, bytesPerFile: 50_000 };

export const pathOfFile = (index: number): string => `folder${index % 200}/file${index}.txt`;

const filler = randomBytes(4 * 2 ** 20);

/** A tar of random files in 200 folders, made as it is read, owned by the sandbox user. */
export function madeTree(shape: TreeShape): Readable {
  const archive = pack();
  const owner = { uid: 1000, gid: 1000 };
  const write = async (): Promise<void> => {
    for (let folder = 0; folder < 200; folder += 1) {
      archive.entry({ ...owner, name: `folder${folder}`, type: 'directory', mode: 0o755 }, '');
    }
    for (let index = 0; index < shape.files; index += 1) {
      const at = (index * 7919) % (filler.length - shape.bytesPerFile);
      const content = filler.subarray(at, at + shape.bytesPerFile);
      await new Promise<void>((resolve, reject) => {
        archive.entry({ ...owner, name: pathOfFile(index), mode: 0o644 }, content, (error) =>
          error ? reject(error) : resolve(),
        );
      });
    }
    archive.finalize();
  };
  write().catch((error: Error) => archive.destroy(error));
  return Readable.from(archive);
}
