import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** The machine's Chromium. @throws Error where there is none; the project's set-up installs one */
export async function executable(): Promise<string> {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const name of ['chromium', 'google-chrome']) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      const runs = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return file;
    }
  }
  throw new Error('No Chromium is on PATH; npm run setup installs one.');
}
