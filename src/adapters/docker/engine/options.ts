import type Dockerode from 'dockerode';
import type { Egress } from '../egress/proxy-log.ts';
import type { EgressOptions } from '../egress/start-proxy.ts';
import { type TakeOutLimits, takeOutLimits } from '../take-out/take-out-limits.ts';

export interface EgressAsker {
  readonly convoy: string;
  readonly by: 'setup' | 'agents';
}

export interface SandboxesOptions {
  readonly docker: Dockerode;
  /** Tells this town's containers and images from those of others on the same engine. */
  readonly town: string;
  /** Certificates that set-up commands trust; seen by nothing else and never part of a snapshot. */
  readonly caBundle?: Buffer;
  /** `NAME=value` for set-up commands alone, a proxy for example. */
  readonly setupEnv?: readonly string[];
  /**
   * Set-up commands reach these hosts through a proxy of this image and nothing else. Default: the engine's open bridge.
   * Agents whose request names hosts of their own need the image too.
   */
  readonly egress?: EgressOptions;
  /** Each host that somebody asked a proxy for. */
  readonly onEgress?: (egress: Egress, asker: EgressAsker) => void;
  /** An image with a static `/bin/busybox`, for images that lack tools. Default: none is put in. */
  readonly toolsImage?: string;
  readonly setupTimeoutMs?: number;
  /** The largest file that a process in a container may write. Default 2 GiB. */
  readonly maxFileBytes?: number;
  /** Above this size of a tree no throw-away `.git` is made. Default 64 MiB. */
  readonly maxGitBytes?: number;
  /** How many snapshots with a set-up outlive their convoy, for all towns of the engine together. Default none. */
  readonly keptSnapshots?: number;
  /** How many rigs' latest snapshots outlive their convoys, for all towns of the engine together. Default 16. */
  readonly keptLines?: number;
  /** How many containers run ahead of need for each snapshot in use. Default none. */
  readonly warm?: number;
  /** How long they wait for somebody to ask before they go: a convoy may be in review for days. Default 15 minutes. */
  readonly warmIdleMs?: number;
  /** What a container may write before a call that goes on writing is stopped. Default 4 GiB. */
  readonly maxWritableBytes?: number;
  /** Free space on the engine's disk under which nothing starts. Default 1 GiB. */
  readonly freeFloorBytes?: number;
  readonly takeOut?: TakeOutLimits;
  /** Milliseconds, for durations only. */
  readonly now?: () => number;
}

/** The options with everything filled in that has a default. */
export type Settings = Required<Omit<SandboxesOptions, 'caBundle' | 'egress' | 'toolsImage'>> & {
  readonly toolsImage: string | null;
  readonly caBundle: Buffer | null;
  readonly egress: EgressOptions | null;
};

export const settingsOf = (options: SandboxesOptions): Settings => ({
  setupEnv: [],
  onEgress: () => undefined,
  keptSnapshots: 0,
  keptLines: 16,
  warm: 0,
  warmIdleMs: 15 * 60_000,
  maxWritableBytes: 4 * 2 ** 30,
  freeFloorBytes: 2 ** 30,
  setupTimeoutMs: 30 * 60_000,
  maxFileBytes: 2 * 2 ** 30,
  maxGitBytes: 64 * 2 ** 20,
  takeOut: takeOutLimits,
  now: () => performance.now(),
  ...options,
  caBundle: options.caBundle ?? null,
  egress: options.egress ?? null,
  toolsImage: options.toolsImage ?? null,
});
