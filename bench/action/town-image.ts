import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/build-town-image.js', import.meta.url));

/** What the script names the image that it builds. */
export const townImage = 'gas-town:latest';

/** Builds the app's own image from this checkout; what has not changed since the last time comes from the engine's cache. */
export async function buildTownImage(): Promise<void> {
  await run(process.execPath, [script], { maxBuffer: 64 * 1024 * 1024 });
}
