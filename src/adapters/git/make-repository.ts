import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git-process.ts';

/**
 * Switches off, above every `.gitattributes` of a tree, whatever would drop a file, change its bytes or start a program
 * when a tree is packed, compared or merged. Source: gitattributes(5); `info/attributes` has the highest precedence.
 */
const attributesOff =
  '* -export-ignore -export-subst -text -crlf !eol -filter -ident !working-tree-encoding !diff !merge' +
  ' !conflict-marker-size !whitespace\n';

/** Makes the bare repository where there is none, and mends its settings where there is. Safe to do again. */
export async function makeRepository(git: Git, repository: string): Promise<void> {
  await mkdir(repository, { recursive: true });
  // HEAD names a branch that never exists: newer versions of git would read attributes from HEAD's tree.
  await git.run(['init', '--bare', '--quiet', '--template=', '--initial-branch=gas-town-has-no-head']);
  const info = join(repository, 'info');
  await mkdir(info, { recursive: true });
  const fresh = join(info, `attributes.${process.pid}`);
  await writeFile(fresh, attributesOff);
  await rename(fresh, join(info, 'attributes'));
}
