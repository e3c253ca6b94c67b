interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: string[];
  count: number;
}

/**
 * Files as an indented tree of at most `maxLines` lines: where there are too many, folders from some depth on are one line
 * with the number of files in them.
 */
export function renderTree(paths: readonly string[], maxLines: number): string {
  const root = grow(paths);
  let lines: string[] = [];
  for (let depth = deepest(paths); depth >= 0; depth -= 1) {
    lines = [...draw(root, depth, '')];
    if (lines.length <= maxLines) break;
  }
  const missing = lines.length - maxLines;
  return missing > 0 ? [...lines.slice(0, maxLines), `… and ${missing} more`].join('\n') : lines.join('\n');
}

function grow(paths: readonly string[]): Folder {
  const root: Folder = { folders: new Map(), files: [], count: 0 };
  for (const path of paths) {
    const names = path.split('/');
    const file = names.pop() ?? '';
    let folder = root;
    folder.count += 1;
    for (const name of names) {
      const next = folder.folders.get(name) ?? { folders: new Map(), files: [], count: 0 };
      folder.folders.set(name, next);
      folder = next;
      folder.count += 1;
    }
    folder.files.push(file);
  }
  return root;
}

const deepest = (paths: readonly string[]): number =>
  paths.reduce((depth, path) => Math.max(depth, path.split('/').length - 1), 0);

function* draw(folder: Folder, depth: number, indent: string): Generator<string> {
  for (const [name, inner] of folder.folders) {
    if (depth === 0) yield `${indent}${name}/ (${inner.count} ${inner.count === 1 ? 'file' : 'files'})`;
    else {
      yield `${indent}${name}/`;
      yield* draw(inner, depth - 1, `${indent}  `);
    }
  }
  for (const file of folder.files) yield `${indent}${file}`;
}
