import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: two above this file, in a checkout (`src/entry`) as in the package (`dist/entry`). */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Read without a schema, which would take longer to load than the whole help. */
export function packageVersion(): string {
  const { version }: { readonly version?: unknown } = JSON.parse(
    readFileSync(join(packageFolder, 'package.json'), 'utf8'),
  );
  if (typeof version !== 'string') throw new Error(`The package.json in ${packageFolder} names no version.`);
  return version;
}
