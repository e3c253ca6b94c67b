import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, lstatSync } from 'node:fs';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type {
  Change,
  RunRequest,
  RunResult,
  Sandbox,
  Sandboxes,
  Snapshot,
  StartRequest,
} from '../../town/ports/sandbox.ts';
import { workspaceIn } from '../local-workspace.ts';
import { unpackTar } from './unpack-tar.ts';

const run = promisify(execFile);
/** A process takes longer to start than so few files to copy. */
const fewFiles = 100;

/** Sandboxes that are folders of this machine: real trees, real processes, no walls. For tests that need no container. */
export interface LocalSandboxes extends Sandboxes {
  /** Every command that was run, in order. */
  readonly runs: readonly string[];
  /** Called before each run; what it rejects with is what the engine fails with. */
  beforeRun: (run: number) => Promise<void>;
  /** What the one who watches is told. */
  engine: { lose(reason: Error): void; answer(): void };
}

export function localSandboxes(folder: string): LocalSandboxes {
  const sessions = new Map<string, { readonly convoy: string; readonly sandbox: Sandbox }>();
  /** The convoys that asked for each snapshot. */
  const askers = new Map<string, Set<string>>();
  const runs: string[] = [];

  const fill = async (request: StartRequest): Promise<string> => {
    const place = join(folder, randomUUID());
    await copyTree(join(folder, request.snapshot.imageId), place);
    if (request.difference === null) return place;
    for (const path of request.difference.deleted) {
      await rm(join(place, Buffer.from(path).toString('utf8')), { force: true });
    }
    await unpackTar(request.difference.files(), place);
    return place;
  };

  const sandboxes: LocalSandboxes = {
    runs,
    beforeRun: async () => undefined,
    engine: { lose: () => undefined, answer: () => undefined },
    async snapshot(request) {
      const snapshot: Snapshot = { imageId: `snapshot-${request.tree}`, tree: request.tree };
      const place = join(folder, snapshot.imageId);
      askers.set(snapshot.imageId, (askers.get(snapshot.imageId) ?? new Set()).add(request.labels.convoy));
      if (!existsSync(place)) await unpackTar(request.files(), place);
      for (const command of request.setup) {
        const ran = await runSetup(place, command);
        if (ran.exitCode !== 0) return { status: 'setup-failed', command, ...ran };
      }
      return { status: 'ready', snapshot };
    },
    async start(request) {
      const place = await fill(request);
      const before = await statesOf(place);
      const sandbox: Sandbox = {
        ...workspaceIn(place),
        id: place,
        takeOut: async () => ({ changes: await changesSince(before, place), refused: [] }),
        stop: async () => undefined,
        remove: async () => {
          if (request.labels.session) sessions.delete(request.labels.session);
          await rm(place, { recursive: true, force: true });
        },
      };
      const { convoy, session } = request.labels;
      if (session) sessions.set(session, { convoy, sandbox });
      return sandbox;
    },
    prepare: async () => undefined,
    find: async (session) => sessions.get(session)?.sandbox ?? null,
    async run(request) {
      runs.push(request.command);
      await sandboxes.beforeRun(runs.length);
      const place = await fill(request);
      try {
        return await runIn(place, request);
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    async removeConvoy(convoy) {
      for (const one of sessions.values()) if (one.convoy === convoy) await one.sandbox.remove();
      for (const [imageId, convoys] of askers) {
        if (!convoys.delete(convoy) || convoys.size > 0) continue;
        askers.delete(imageId);
        await rm(join(folder, imageId), { recursive: true, force: true });
      }
    },
    watch: ({ signal, onLost, onAnswers }) => {
      sandboxes.engine = { lose: onLost, answer: onAnswers };
      onAnswers();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    },
    close: async () => undefined,
  };
  return sandboxes;
}

async function copyTree(from: string, to: string): Promise<void> {
  const isSmall = (await readdir(from, { recursive: true })).length <= fewFiles;
  if (isSmall) cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  else await run('cp', ['-a', from, to]);
}

async function runSetup(
  place: string,
  command: string,
): Promise<{ exitCode: number | null; output: string }> {
  const { exitCode, stdout, stderr } = await workspaceIn(place).exec(command, { timeoutMs: 30_000 });
  const output = [stdout, stderr].map(({ head }) => Buffer.from(head).toString('utf8')).join('');
  return { exitCode, output };
}

async function runIn(place: string, request: RunRequest): Promise<RunResult> {
  const began = performance.now();
  const child = spawn('sh', ['-c', request.command], { cwd: place, stdio: 'pipe' });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece));
  const kill = () => child.kill('SIGKILL');
  const timeout = AbortSignal.timeout(request.timeoutMs);
  for (const signal of [timeout, request.signal]) signal?.addEventListener('abort', kill, { once: true });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  request.signal?.throwIfAborted();
  await rm(place, { recursive: true, force: true });
  return {
    exitCode,
    timedOut: exitCode === null && timeout.aborted,
    outOfMemory: false,
    durationMs: performance.now() - began,
    output: Buffer.concat(pieces),
  };
}

type Mode = '100644' | '100755' | '120000';

/** A file as it was at some moment: any change to it, its bytes or its mode changes the time, which has steps on older systems. */
interface FileState {
  readonly mode: Mode;
  readonly size: bigint;
  readonly changedNs: bigint;
}

async function statesOf(place: string): Promise<Map<string, FileState>> {
  const found = new Map<string, FileState>();
  for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    // At once: thousands of files are looked at for each bead of a long run.
    const { mode, size, ctimeNs } = lstatSync(path, { bigint: true });
    const ofFile = (mode & 0o100n) === 0n ? '100644' : '100755';
    const state: FileState = { mode: entry.isSymbolicLink() ? '120000' : ofFile, size, changedNs: ctimeNs };
    found.set(path.slice(place.length + 1), state);
  }
  return found;
}

async function changesSince(before: ReadonlyMap<string, FileState>, place: string): Promise<Change[]> {
  const after = await statesOf(place);
  const changes: Change[] = [];
  for (const [path, { mode, size, changedNs }] of after) {
    const was = before.get(path);
    if (was?.changedNs === changedNs && was.size === size) continue;
    const file = join(place, path);
    const content = mode === '120000' ? Buffer.from(await readlink(file)) : await readFile(file);
    changes.push({ kind: 'write', path: Buffer.from(path), mode, content });
  }
  for (const path of before.keys()) {
    if (!after.has(path)) changes.push({ kind: 'delete', path: Buffer.from(path) });
  }
  return changes;
}
