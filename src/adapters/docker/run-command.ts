import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import type { RunRequest, RunResult } from '../../town/ports/sandbox.ts';
import { HeadAndTail, joined } from './engine/capture.ts';
import { createContainer, type StartSettings } from './engine/create-container.ts';
import { Demultiplexer } from './engine/demultiplex.ts';
import { engineCall, engineCallOrNull, WITHOUT_LIMIT } from './engine/engine-call.ts';
import { newContainerName } from './engine/labels.ts';
import { Lanes } from './shell/lanes.ts';
import { applyDifference } from './snapshot/apply-difference.ts';

const MAX_OUTPUT_BYTES = 2 ** 20;
/** Waits for one line, so that the tree can be made ready first, then gives way to the command. One stream for both keeps order. */
const MAIN = 'read -r _ || exit 125; exec sh -c "$1" </dev/null 2>&1';

/** Feeds output to the one who watches, and resolves with what is kept of it when the stream ends. */
function collect(stream: Duplex, onOutput: (piece: Uint8Array) => void): Promise<Uint8Array> {
  const kept = new HeadAndTail(MAX_OUTPUT_BYTES);
  const take = (piece: Buffer): void => {
    kept.push(piece);
    onOutput(piece);
  };
  const frames = new Demultiplexer(take, take);
  stream.on('data', (chunk: Buffer) => frames.push(chunk));
  return new Promise((resolve) => {
    const end = (): void => resolve(joined(kept.result()));
    stream.on('end', end).on('close', end).on('error', end);
  });
}

/** Kills the container when the time is over or the signal says so; `why` is null as long as neither was. */
function killer(
  container: Dockerode.Container,
  request: RunRequest,
): { why: 'timeout' | 'abort' | null; stop(): void } {
  const state = { why: null as 'timeout' | 'abort' | null, stop: (): void => undefined };
  const kill = (why: 'timeout' | 'abort'): void => {
    state.why ??= why;
    // Removal at the end makes up for a kill that fails; until then the engine's wait decides.
    engineCallOrNull('stopping a command', () => container.kill(), [409]).catch(() => undefined);
  };
  const timer = setTimeout(() => kill('timeout'), request.timeoutMs);
  const onAbort = (): void => kill('abort');
  request.signal?.addEventListener('abort', onAbort, { once: true });
  state.stop = () => {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', onAbort);
  };
  return state;
}

async function runIn(
  container: Dockerode.Container,
  request: RunRequest,
  settings: StartSettings,
): Promise<RunResult> {
  const stream: Duplex = (await engineCall('attaching to a container', () =>
    container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true }),
  )) as Duplex;
  const output = collect(stream, request.onOutput ?? (() => undefined));
  await engineCall('starting a container', () => container.start());
  if (request.difference !== null) {
    const lanes = new Lanes(container);
    await applyDifference(container, lanes, request.difference).finally(() => lanes.close());
  }
  request.signal?.throwIfAborted();
  const began = settings.now();
  const killing = killer(container, request);
  try {
    stream.write('\n');
    const { StatusCode }: { StatusCode: number } = await engineCall(
      'waiting for a command',
      () => container.wait(),
      WITHOUT_LIMIT,
    );
    const durationMs = settings.now() - began;
    if (killing.why === 'abort') request.signal?.throwIfAborted();
    const facts = await engineCall('looking at a container', () => container.inspect());
    return {
      exitCode: killing.why === null ? StatusCode : null,
      timedOut: killing.why === 'timeout',
      outOfMemory: facts.State.OOMKilled,
      durationMs,
      output: await output,
    };
  } finally {
    killing.stop();
    stream.destroy();
  }
}

/**
 * Runs a command as a container's main process; the container is removed after. Its exit status is the engine's word. Rejects
 * with the signal's reason on abort.
 */
export async function runCommand(request: RunRequest, settings: StartSettings): Promise<RunResult> {
  request.signal?.throwIfAborted();
  const container = await createContainer(request, settings, newContainerName(settings.town, ''), [
    'sh',
    '-c',
    MAIN,
    'sh',
    request.command,
  ]);
  try {
    return await runIn(container, request, settings);
  } finally {
    settings.removals.add(container);
  }
}
