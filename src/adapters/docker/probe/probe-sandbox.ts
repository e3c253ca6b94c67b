import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { Sandbox } from '../../../town/ports/sandbox.ts';
import { createSandboxes } from '../create-sandboxes.ts';
import { DiskSpace } from '../engine/disk-space.ts';
import { type SandboxesOptions, settingsOf } from '../engine/options.ts';
import { outputText } from '../shell/exec-command.ts';
import { diskWays } from './disk-ways.ts';
import { type Claim, claims } from './probe-claims.ts';

export interface ProbeResult {
  readonly claim: string;
  readonly holds: boolean;
  /** What was seen. */
  readonly evidence: string;
  /** One sentence; empty when the claim holds. */
  readonly whatToDo: string;
  /** The evidence is worth telling although the claim holds: it says in which way. */
  readonly tellsHow?: boolean;
}

const CONVOY = 'probe';
const limits = { memoryBytes: 256 * 2 ** 20, cpus: 1, processes: 64 };

function emptyTree(): Readable {
  const archive = pack();
  archive.finalize();
  return Readable.from(archive);
}

async function tryClaim(sandbox: Sandbox, one: Claim): Promise<ProbeResult> {
  const { claim, attempt, holds, whatToDo, endsBadly = false, unprinted = false } = one;
  const result = await sandbox.exec(attempt, { timeoutMs: 20_000 });
  const printed = outputText(result).trim();
  const held = (endsBadly || result.exitCode === 0) && holds(printed);
  const evidence = unprinted ? '' : printed.slice(0, 500);
  return { claim, holds: held, evidence, whatToDo: held ? '' : whatToDo };
}

async function diskClaims(options: SandboxesOptions): Promise<ProbeResult[]> {
  const { freeFloorBytes, docker } = settingsOf(options);
  const disk = await new DiskSpace(docker, freeFloorBytes).free();
  if (disk === null) {
    const whatToDo = 'Keep an eye on that disk yourself: it is not one of this machine.';
    return [{ claim: 'the engine’s disk has room', holds: false, evidence: 'it can not be seen', whatToDo }];
  }
  const evidence = `${Math.floor(disk.freeBytes / 2 ** 20)} MiB free at ${disk.path}`;
  const room = disk.freeBytes >= freeFloorBytes;
  const whatToDo = room ? '' : 'Free some space, or run `gastown gc`.';
  return [{ claim: 'the engine’s disk has room', holds: room, evidence, whatToDo }];
}

/**
 * Tries each promise of the sandbox from inside a real container of `image` and leaves nothing behind. Rejects with
 * `EngineUnavailable`, `ImageMissing`, `DiskFull` or `SandboxFailed` when no container comes up.
 */
export async function probeSandbox(
  options: SandboxesOptions,
  image: string,
): Promise<readonly ProbeResult[]> {
  // Small limits, so that trying to get past them takes little.
  const sandboxes = createSandboxes({
    maxFileBytes: 2 ** 26,
    maxWritableBytes: 2 ** 26,
    ...options,
    warm: 0,
  });
  const labels = { convoy: CONVOY, purpose: 'probe' };
  try {
    const made = await sandboxes.snapshot({
      image,
      tree: 'empty',
      files: emptyTree,
      setup: [],
      limits,
      labels,
    });
    if (made.status !== 'ready') return [];
    const { snapshot } = made;
    const sandbox = await sandboxes.start({ snapshot, difference: null, limits, network: 'none', labels });
    const results: ProbeResult[] = [];
    for (const claim of claims) results.push(await tryClaim(sandbox, claim));
    return [...results, ...(await diskClaims(options)), await diskWays(options, snapshot.imageId)];
  } finally {
    await sandboxes.removeConvoy(CONVOY);
  }
}
