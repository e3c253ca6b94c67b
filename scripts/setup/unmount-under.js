import { readFileSync } from 'node:fs';
import { runCommand } from './run-command.js';

/** Unmounts everything below a folder, the innermost first. Goes on even where set-up is being stopped. */
export async function unmountUnder(folder) {
  const places = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1])
    .filter((place) => place?.startsWith(`${folder}/`));
  for (const place of places.reverse()) await runCommand('umount', [place], { signal: undefined });
}
