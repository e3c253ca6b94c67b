import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import type {
  Captured,
  ExecOptions,
  ExecResult,
  FileRead,
  FileWritten,
  Workspace,
} from '../agent/ports/workspace.ts';

export interface LocalWorkspace extends Workspace {
  readonly folder: string;
  remove(): Promise<void>;
}

/** A workspace in a temporary folder of this machine, for tests that need no container: real files, a real `sh`, no walls. */
export async function localWorkspace(files: Readonly<Record<string, string>> = {}): Promise<LocalWorkspace> {
  const workspace = workspaceIn(await mkdtemp(join(tmpdir(), 'gas-town-workspace-')));
  for (const [path, text] of Object.entries(files)) {
    await workspace.writeFile(path, new TextEncoder().encode(text));
  }
  return workspace;
}

/** The same over a folder that is there already. */
export function workspaceIn(folder: string): LocalWorkspace {
  const place = (path: string): string | null => {
    const inside = normalize(path.replace(/^\/workspace(\/|$)/, ''));
    return inside.startsWith('..') || inside.startsWith('/') ? null : join(folder, inside);
  };
  return {
    folder,
    exec: (command, options) => exec(folder, command, options),
    readFile: async (path, options) => read(place(path), options),
    writeFile: async (path, bytes) => write(place(path), bytes),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function exec(folder: string, command: string, options: ExecOptions): Promise<ExecResult> {
  const child = spawn('sh', ['-c', command], {
    cwd: join(folder, options.cwd ?? ''),
    detached: true,
    stdio: 'pipe',
  });
  let timedOut = false;
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.timeoutMs);
  options.signal?.addEventListener('abort', kill, { once: true });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => out.push(piece));
  child.stderr.on('data', (piece: Buffer) => err.push(piece));
  // A command that doesn't read its input closes the pipe, which is its right.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(options.stdin ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  options.signal?.removeEventListener('abort', kill);
  options.signal?.throwIfAborted();
  const limit = options.maxOutputBytes ?? 32 * 1024;
  return {
    stdout: captured(Buffer.concat(out), limit),
    stderr: captured(Buffer.concat(err), limit),
    exitCode: code,
    timedOut,
  };
}

function captured(bytes: Buffer, limit: number): Captured {
  if (bytes.length <= limit) return { head: bytes, tail: new Uint8Array(), omittedBytes: 0 };
  const half = Math.floor(limit / 2);
  return {
    head: bytes.subarray(0, half),
    tail: bytes.subarray(bytes.length - half),
    omittedBytes: bytes.length - 2 * half,
  };
}

async function read(
  path: string | null,
  options: { readonly maxBytes: number; readonly offset?: number },
): Promise<FileRead> {
  if (path === null) return { status: 'denied' };
  const facts = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (facts === null) return { status: 'missing' };
  if (facts.isDirectory()) return { status: 'directory' };
  if (!facts.isFile()) return { status: 'special' };
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(Math.min(options.maxBytes, facts.size));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, options.offset ?? 0);
    return { status: 'read', bytes: buffer.subarray(0, bytesRead), sizeBytes: facts.size };
  } finally {
    await file.close();
  }
}

async function write(path: string | null, bytes: Uint8Array): Promise<FileWritten> {
  if (path === null) return { status: 'denied', reason: 'it is outside of the workspace' };
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    return { status: 'written' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EISDIR') return { status: 'directory', reason: 'it is a folder' };
    if (code === 'EEXIST' || code === 'ENOTDIR') return { status: 'denied', reason: 'a file is in the way' };
    throw error;
  }
}
