import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { SandboxLabels } from '../../../town/ports/sandbox.ts';
import { hardenedContainer } from '../engine/container-config.ts';
import { Demultiplexer } from '../engine/demultiplex.ts';
import { engineCall, engineCallOrNull } from '../engine/engine-call.ts';
import { ImageMissing, SandboxFailed } from '../engine/errors.ts';
import { containerLabels, newContainerName } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';
import { removeContainer } from '../engine/remove-container.ts';

/** One decision of the proxy: `refused` says why, null when it connected. */
export interface Egress {
  readonly host: string;
  readonly port: number;
  readonly refused: string | null;
}

export interface EgressOptions {
  /** An image with Node 24 in it. */
  readonly image: string;
  /** Host names; `*.example.com` stands for all below it. */
  readonly allow: readonly string[];
}

export interface EgressNetwork {
  /** Leads to the proxy and to nothing else, the host included. */
  readonly network: string;
  /** What tells a process of it. */
  readonly env: readonly string[];
  close(): Promise<void>;
}

const PORT = 3128;
const READY_MS = 30_000;
const limits = { memoryBytes: 256 * 2 ** 20, cpus: 1, processes: 64 };
const line = z.union([
  z.object({ listening: z.literal(true) }),
  z.object({ host: z.string(), port: z.number(), refused: z.string().nullable() }),
]);

const program = (): Promise<string> => {
  const extension = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';
  return readFile(new URL(`./egress-proxy-program.${extension}`, import.meta.url), 'utf8');
};

async function network(settings: Settings, name: string, inside: boolean): Promise<Dockerode.Network> {
  return engineCall('making a network', () =>
    settings.docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      Internal: inside,
      // The host has no address on the inner network, so that nothing of it can be reached from there.
      Options: inside ? { 'com.docker.network.bridge.inhibit_ipv4': 'true' } : {},
      Labels: { 'gas-town.town': settings.town },
    }),
  );
}

/** Resolves when the proxy listens; hands its decisions on. */
function listening(stream: Duplex, onEgress: (egress: Egress) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (reason: string): void =>
      reject(new SandboxFailed({ doing: 'starting the egress proxy', status: null, reason }));
    const patience = setTimeout(() => failed('it did not come up'), READY_MS);
    let text = '';
    let said = '';
    const frames = new Demultiplexer(
      (bytes) => {
        const lines = (text + bytes.toString('utf8')).split('\n');
        text = lines.pop() ?? '';
        for (const one of lines) {
          const told = line.parse(JSON.parse(one));
          if ('host' in told) onEgress(told);
          else resolve();
        }
      },
      (bytes) => {
        said = (said + bytes.toString('utf8')).slice(0, 2000);
      },
    );
    stream.on('data', (chunk: Buffer) => frames.push(chunk));
    stream.on('close', () => failed(said)).on('error', (error) => failed(error.message));
    stream.on('close', () => clearTimeout(patience));
  });
}

async function startProxy(
  settings: Settings,
  egress: EgressOptions,
  labels: SandboxLabels,
  outer: string,
): Promise<Dockerode.Container> {
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  const argument = JSON.stringify({ allow: egress.allow, deny: own, port: PORT });
  const source = await program();
  const shape = hardenedContainer({
    image: egress.image,
    limits,
    network: 'open',
    labels: containerLabels(settings.town, { ...labels, purpose: 'egress' }, ''),
    maxFileBytes: 2 ** 20,
    command: ['node', '--input-type=module-typescript', '-e', source, argument],
  });
  const container = await engineCallOrNull('making the egress proxy', () =>
    settings.docker.createContainer({
      ...shape,
      name: newContainerName(settings.town, 'egress'),
      HostConfig: { ...shape.HostConfig, NetworkMode: outer, ReadonlyRootfs: true },
    }),
  );
  if (container === null) throw new ImageMissing(egress.image);
  return container;
}

/** Sets up a network whose only way out is a proxy that lets allowed hosts through and logs. Close it after use. */
export async function openEgress(
  settings: Settings,
  egress: EgressOptions,
  labels: SandboxLabels,
  onEgress: (egress: Egress) => void,
): Promise<EgressNetwork> {
  const name = newContainerName(settings.town, 'network');
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const removing = (made: Dockerode.Network) => () =>
    engineCallOrNull('removing a network', () => made.remove());
  try {
    const outer = await network(settings, `${name}-out`, false);
    undo.push(removing(outer));
    const inner = await network(settings, `${name}-in`, true);
    undo.push(removing(inner));
    const proxy = await startProxy(settings, egress, labels, `${name}-out`);
    undo.push(() => removeContainer(proxy));
    await engineCall('joining a network', () => inner.connect({ Container: proxy.id }));
    const stream = (await engineCall('attaching to the egress proxy', () =>
      proxy.attach({ stream: true, stdout: true, stderr: true, hijack: true }),
    )) as Duplex;
    const ready = listening(stream, onEgress);
    await Promise.all([ready, engineCall('starting the egress proxy', () => proxy.start())]);
    const facts = await engineCall('looking at the egress proxy', () => proxy.inspect());
    const address = facts.NetworkSettings.Networks[`${name}-in`]?.IPAddress ?? '';
    const url = `http://${address}:${PORT}`;
    const env = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((key) => `${key}=${url}`);
    return { network: `${name}-in`, env: [...env, 'NO_PROXY=localhost,127.0.0.1'], close };
  } catch (error) {
    await close();
    throw error;
  }
}
