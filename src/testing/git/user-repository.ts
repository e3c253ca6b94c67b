import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file's content, or what else stands at the path. Null removes it. */
export type Entry = string | Uint8Array | { readonly executable: string } | { readonly link: string } | null;

/** An ordinary repository with a working tree, made by an ordinary git, as a person has one. */
export interface UserRepository {
  readonly path: string;
  git(...args: string[]): Promise<string>;
  /** Writes the files, commits everything, and returns the commit. */
  commit(message: string, files: Readonly<Record<string, Entry>>): Promise<string>;
  /** Starts a branch at a commit and checks it out. */
  branch(name: string, at: string): Promise<void>;
}

const identity = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

export async function userRepository(path: string): Promise<UserRepository> {
  await mkdir(path, { recursive: true });
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('git', ['-C', path, ...args], {
      env: { PATH: process.env.PATH, ...identity },
    });
    return stdout.replace(/\n$/, '');
  };
  await git('init', '--quiet', '--initial-branch=main');
  return {
    path,
    git,
    async commit(message, files) {
      for (const [name, entry] of Object.entries(files)) await put(join(path, name), entry);
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    async branch(name, at) {
      await git('checkout', '--quiet', '-b', name, at);
    },
  };
}

async function put(path: string, entry: Entry): Promise<void> {
  await rm(path, { recursive: true, force: true });
  if (entry === null) return;
  await mkdir(dirname(path), { recursive: true });
  if (typeof entry === 'string' || entry instanceof Uint8Array) await writeFile(path, entry);
  else if ('link' in entry) await symlink(entry.link, path);
  else {
    await writeFile(path, entry.executable);
    await chmod(path, 0o755);
  }
}
