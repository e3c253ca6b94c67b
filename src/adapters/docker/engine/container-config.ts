import type { ContainerCreateOptions } from 'dockerode';
import type { SandboxLimits } from '../../../domain/convoy/settings.ts';

export const SANDBOX_USER = '1000:1000';
export const SANDBOX_HOME = '/home/agent';

/** Waits for ever without a process of its own that costs anything: its standard input stays open and silent. */
const IDLE = ['cat'];

/** In the container's own network nobody answers there, and says so at once. */
const NOBODY = '127.0.0.1';

const ways: ReadonlyMap<string, string> = new Map([
  ['bare', 'none'],
  ['open', 'bridge'],
]);
const modeOf = (network: string): string => ways.get(network) ?? network;

export interface ContainerShape {
  readonly image: string;
  readonly limits: SandboxLimits;
  /**
   * `bare`, `open` (the engine's own bridge), or the name of a network whose only way out is a proxy. `bare` is none at all,
   * but for a loopback that has no name: the engine starts it in half the time of one whose network it sets up as `none`.
   */
  readonly network: string;
  /** `NAME=value` beside the home. */
  readonly env?: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** The largest file that a process may write. */
  readonly maxFileBytes: number;
  /** Default: nothing but to wait. */
  readonly command?: readonly string[];
  /** Folders in memory, never committed, with mount options. */
  readonly memoryFolders?: Readonly<Record<string, string>>;
}

/**
 * How every container of the town is made: not root, no capability, no new privilege, the engine's own seccomp profile,
 * limits on memory, processor, processes and file size, no network unless asked, nothing of the host mounted, no log kept.
 */
export function hardenedContainer(shape: ContainerShape): ContainerCreateOptions {
  return {
    Image: shape.image,
    User: SANDBOX_USER,
    WorkingDir: '/workspace',
    Env: [`HOME=${SANDBOX_HOME}`, ...(shape.env ?? [])],
    Entrypoint: [''],
    Cmd: [...(shape.command ?? IDLE)],
    OpenStdin: true,
    StdinOnce: false,
    Tty: false,
    Labels: { ...shape.labels },
    Healthcheck: { Test: ['NONE'] },
    NetworkDisabled: shape.network === 'bare',
    StopSignal: 'SIGKILL',
    HostConfig: {
      Init: true,
      NetworkMode: modeOf(shape.network),
      // Names are the proxy's business: an engine of before 2024 would ask the host's own resolver even from an inner network.
      ...(ways.has(shape.network) ? {} : { Dns: [NOBODY], DnsOptions: ['timeout:1', 'attempts:1'] }),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Privileged: false,
      IpcMode: 'private',
      PidsLimit: shape.limits.processes,
      Memory: shape.limits.memoryBytes,
      MemorySwap: shape.limits.memoryBytes,
      NanoCpus: Math.round(shape.limits.cpus * 1e9),
      Ulimits: [
        { Name: 'fsize', Soft: shape.maxFileBytes, Hard: shape.maxFileBytes },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'none', Config: {} },
      ...(shape.memoryFolders === undefined ? {} : { Tmpfs: { ...shape.memoryFolders } }),
    },
  };
}
