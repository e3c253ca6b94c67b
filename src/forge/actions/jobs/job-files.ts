import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A job's own files, in a folder that goes when it ends. */
export interface JobFiles {
  readonly folder: string;
  readonly event: string;
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  /** New, empty files for one step's commands. */
  forStep(number: number): Promise<StepFiles>;
  remove(): Promise<void>;
}

export interface StepFiles {
  readonly output: string;
  readonly env: string;
  readonly path: string;
  readonly state: string;
  readonly summary: string;
}

export async function makeJobFiles(folder: string, event: unknown): Promise<JobFiles> {
  await rm(folder, { recursive: true, force: true });
  const inside = (name: string) => path.join(folder, name);
  for (const name of ['workspace', 'temp', 'home', 'commands'])
    await mkdir(inside(name), { recursive: true });
  await writeFile(inside('event.json'), JSON.stringify(event, null, 2));
  return {
    folder,
    event: inside('event.json'),
    workspace: inside('workspace'),
    temp: inside('temp'),
    home: inside('home'),
    forStep: async (number) => {
      const named = (name: string) => path.join(folder, 'commands', `${name}-${number}`);
      const files = {
        output: named('output'),
        env: named('env'),
        path: named('path'),
        state: named('state'),
        summary: named('summary'),
      };
      for (const file of Object.values(files)) await writeFile(file, '');
      return files;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a step wrote into one of its files; nothing where it took the file away. */
export async function readStepFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
