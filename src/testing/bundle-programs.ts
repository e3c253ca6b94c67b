import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type InputOptions, rolldown } from 'rolldown';

// Packages that are left out of a bundle are found from here.
const bundles = fileURLToPath(new URL('../../node_modules/.cache/bundles', import.meta.url));

export interface Bundle extends AsyncDisposable {
  /** Path of the program of that name. */
  program(name: string): string;
}

/**
 * Programs as JavaScript in few files, for tests that start them over and over: loading each of their modules takes longer
 * than what they do. `sources` are TypeScript files; one that another starts by its path stands beside it, as it does there.
 */
export async function bundlePrograms(...sources: readonly URL[]): Promise<Bundle> {
  await mkdir(bundles, { recursive: true });
  const folder = await mkdtemp(join(bundles, 'programs-'));
  const input = sources.map((source) => fileURLToPath(source));
  await writeBundle({ input, external: ['better-sqlite3'], logLevel: 'warn' }, folder);
  return {
    program: (name) => join(folder, `${name}.js`),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** Bundles programs for Node into a folder that is there. */
export async function writeBundle(options: InputOptions, folder: string): Promise<void> {
  const bundle = await rolldown({ platform: 'node', ...options });
  await bundle.write({ dir: folder, format: 'esm' });
  await bundle.close();
}
