import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, lstat, mkdir, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
  const sessions = new Map<string, Sandbox>();
  const runs: string[] = [];

  const fill = async (request: StartRequest): Promise<string> => {
    const place = join(folder, randomUUID());
    await cp(join(folder, request.snapshot.imageId), place, { recursive: true, verbatimSymlinks: true });
    if (request.difference === null) return place;
    for (const path of request.difference.deleted) {
      await rm(join(place, Buffer.from(path).toString('utf8')), { force: true });
    }
    await unpack(request.difference.files(), place);
    return place;
  };

  const sandboxes: LocalSandboxes = {
    runs,
    beforeRun: async () => undefined,
    engine: { lose: () => undefined, answer: () => undefined },
    async snapshot(request) {
      const snapshot: Snapshot = { imageId: `snapshot-${request.tree}`, tree: request.tree };
      const place = join(folder, snapshot.imageId);
      if ((await lstat(place).catch(() => null)) === null) await unpack(request.files(), place);
      for (const command of request.setup) {
        const ran = await runSetup(place, command);
        if (ran.exitCode !== 0) return { status: 'setup-failed', command, ...ran };
      }
      return { status: 'ready', snapshot };
    },
    async start(request) {
      const place = await fill(request);
      const before = await contents(place);
      const sandbox: Sandbox = {
        ...workspaceIn(place),
        id: place,
        takeOut: async () => ({ changes: changesBetween(before, await contents(place)), refused: [] }),
        stop: async () => undefined,
        remove: async () => {
          if (request.labels.session) sessions.delete(request.labels.session);
          await rm(place, { recursive: true, force: true });
        },
      };
      if (request.labels.session) sessions.set(request.labels.session, sandbox);
      return sandbox;
    },
    prepare: async () => undefined,
    find: async (session) => sessions.get(session) ?? null,
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
    async removeConvoy() {
      for (const sandbox of sessions.values()) await sandbox.remove();
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

async function unpack(files: Readable, place: string): Promise<void> {
  await mkdir(place, { recursive: true });
  // A tar that stopped at the end mark would break the pipe before the padding behind it is written.
  const tar = spawn('tar', ['-x', '--ignore-zeros', '--no-same-owner', '-f', '-', '-C', place], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const closed = once(tar, 'close');
  await pipeline(files, tar.stdin);
  const [code] = (await closed) as [number];
  if (code !== 0) throw new Error(`tar ended with status ${code}`);
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

interface Content {
  readonly mode: '100644' | '100755' | '120000';
  readonly bytes: Buffer;
  readonly hash: string;
}

async function contents(place: string): Promise<Map<string, Content>> {
  const found = new Map<string, Content>();
  for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const link = entry.isSymbolicLink();
    const bytes = link ? Buffer.from(await readlink(path)) : await readFile(path);
    const executable = ((await lstat(path)).mode & 0o100) !== 0;
    found.set(path.slice(place.length + 1), {
      mode: link ? '120000' : executable ? '100755' : '100644',
      bytes,
      hash: createHash('sha256').update(bytes).digest('hex'),
    });
  }
  return found;
}

function changesBetween(before: ReadonlyMap<string, Content>, after: ReadonlyMap<string, Content>): Change[] {
  const written = [...after].filter(([path, { mode, hash }]) => {
    const was = before.get(path);
    return was?.hash !== hash || was.mode !== mode;
  });
  const deleted = [...before.keys()].filter((path) => !after.has(path));
  return [
    ...written.map(([path, { mode, bytes }]) => ({
      kind: 'write' as const,
      path: Buffer.from(path),
      mode,
      content: bytes,
    })),
    ...deleted.map((path) => ({ kind: 'delete' as const, path: Buffer.from(path) })),
  ];
}
