import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a command is found in `PATH`; root's own folders count too, as services are found there. */
export function onPath(command, env) {
  const folders = [...(env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'].filter(Boolean);
  return folders.map((folder) => path.join(folder, command)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
