import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface GitClient {
  readonly folder: string;
  /** Runs git in `folder`; resolves with what it printed, or rejects with what it said on stderr. */
  git(...arguments_: string[]): Promise<string>;
  close(): Promise<void>;
}

/** A git client in a folder of its own, with nothing of the machine's configuration; the token goes in by the environment. */
export async function gitClient(token?: string): Promise<GitClient> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-client-'));
  const basic = Buffer.from(`x-access-token:${token ?? ''}`).toString('base64');
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Mel',
    GIT_AUTHOR_EMAIL: 'mel@example.com',
    GIT_COMMITTER_NAME: 'Mel',
    GIT_COMMITTER_EMAIL: 'mel@example.com',
    ...(token === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'http.extraheader',
          GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
        }),
  };
  return {
    folder,
    git: (...arguments_) =>
      new Promise((resolve, reject) => {
        const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 };
        execFile('git', arguments_, options, (error, stdout, stderr) => {
          if (error === null) resolve(stdout.trim());
          else reject(new Error(stderr));
        });
      }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
