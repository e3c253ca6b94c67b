import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type Dockerode from 'dockerode';
import type { SandboxLabels } from '../../../town/ports/sandbox.ts';
import { hardenedContainer } from '../engine/container-config.ts';
import { engineCall, engineCallOrNull } from '../engine/engine-call.ts';
import { ImageMissing, SandboxFailed } from '../engine/errors.ts';
import { containerLabels, filters, label, newContainerName, short } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';
import { removeContainer } from '../engine/remove-container.ts';
import { type Egress, followProxy } from './proxy-log.ts';

export interface EgressOptions {
  /** An image with Node 24 in it. */
  readonly image: string;
  /** Host names; `*.example.com` stands for all below it. */
  readonly allow: readonly string[];
}

/** What the proxy is for: its name and its networks' begin alike, and its labels say so. */
export interface ProxyPlace {
  readonly labels: SandboxLabels;
  /** `egress` goes with the process that made it, `proxy` is found again. */
  readonly name: 'egress' | 'proxy';
}

const PORT = 3128;
/** The proxy's name on the network that leads to it. */
const ALIAS = 'gas-town-egress';
const READY_MS = 30_000;
const limits = { memoryBytes: 256 * 2 ** 20, cpus: 1, processes: 64 };

const url = `http://${ALIAS}:${PORT}`;
/** What tells a process of the proxy. */
export const proxyEnv: readonly string[] = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((key) => `${key}=${url}`),
  'NO_PROXY=localhost,127.0.0.1',
  'no_proxy=localhost,127.0.0.1',
];

/** By which a proxy is found again. */
export const allowLabel = (allow: readonly string[]): string => short(JSON.stringify(allow));

/** Of the two networks that a proxy is on, the one that leads to it. */
export const innerNetwork = (names: readonly string[]): string =>
  names.find((name) => name.endsWith('-in')) ?? '';

const program = (): Promise<string> => {
  const extension = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';
  return readFile(new URL(`./egress-proxy-program.${extension}`, import.meta.url), 'utf8');
};

function network(
  settings: Settings,
  place: ProxyPlace,
  name: string,
  inside: boolean,
): Promise<Dockerode.Network> {
  return engineCall('making a network', () =>
    settings.docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      Internal: inside,
      // The host has no address on the inner network, so that nothing of it can be reached from there.
      Options: inside ? { 'com.docker.network.bridge.inhibit_ipv4': 'true' } : {},
      Labels: { [label.town]: settings.town, [label.convoy]: place.labels.convoy },
    }),
  );
}

async function proxyContainer(
  settings: Settings,
  egress: EgressOptions,
  place: ProxyPlace,
  outer: string,
): Promise<Dockerode.Container> {
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  const argument = JSON.stringify({ allow: egress.allow, deny: own, port: PORT });
  const source = await program();
  const shape = hardenedContainer({
    image: egress.image,
    limits,
    network: 'open',
    labels: {
      ...containerLabels(settings.town, { ...place.labels, purpose: 'egress' }, ''),
      [label.allow]: allowLabel(egress.allow),
    },
    maxFileBytes: 2 ** 20,
    command: ['node', '--input-type=module-typescript', '-e', source, argument],
  });
  const container = await engineCallOrNull('making the egress proxy', () =>
    settings.docker.createContainer({
      ...shape,
      name: newContainerName(settings.town, place.name),
      HostConfig: { ...shape.HostConfig, NetworkMode: outer, ReadonlyRootfs: true },
    }),
  );
  if (container === null) throw new ImageMissing(egress.image);
  return container;
}

export interface StartedProxy {
  /** Leads to the proxy and to nothing else, the host included. */
  readonly network: string;
  readonly stopListening: () => void;
  /** Removes proxy and networks. */
  remove(): Promise<void>;
}

/** Starts a proxy that lets allowed hosts through, on a network whose only way out it is. */
export async function startProxy(
  settings: Settings,
  egress: EgressOptions,
  place: ProxyPlace,
  onEgress: (egress: Egress) => void,
): Promise<StartedProxy> {
  const name = newContainerName(settings.town, `${place.name} network`);
  const undo: (() => Promise<unknown>)[] = [];
  const remove = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const removing = (made: Dockerode.Network) => () =>
    engineCallOrNull('removing a network', () => made.remove());
  try {
    undo.push(removing(await network(settings, place, `${name}-out`, false)));
    const inner = await network(settings, place, `${name}-in`, true);
    undo.push(removing(inner));
    const proxy = await proxyContainer(settings, egress, place, `${name}-out`);
    undo.push(() => removeContainer(proxy));
    const joining = { Container: proxy.id, EndpointConfig: { Aliases: [ALIAS] } };
    await engineCall('joining a network', () => inner.connect(joining));
    const stopListening = await bringUp(proxy, onEgress);
    undo.push(async () => stopListening());
    return { network: `${name}-in`, stopListening, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Starts a proxy's container and resolves when it listens, with what ends the hearing of its decisions. */
export async function bringUp(
  proxy: Dockerode.Container,
  onEgress: (egress: Egress) => void,
): Promise<() => void> {
  const up = Promise.withResolvers<void>();
  const failed = (reason: string): void =>
    up.reject(new SandboxFailed({ doing: 'starting the egress proxy', status: null, reason }));
  const stopListening = await followProxy(proxy, { onEgress, onListening: up.resolve, onEnd: failed });
  const patience = setTimeout(() => failed('it did not come up'), READY_MS);
  try {
    await Promise.all([up.promise, engineCall('starting the egress proxy', () => proxy.start())]);
    return stopListening;
  } catch (error) {
    stopListening();
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

/** Removes the networks of a convoy, once nothing is on them any more. */
export async function removeNetworks(settings: Settings, convoy: string): Promise<void> {
  const { docker, town } = settings;
  const found = await engineCall('listing networks', () =>
    docker.listNetworks({ filters: JSON.stringify(filters([label.town, town], [label.convoy, convoy])) }),
  );
  for (const { Id } of found) {
    await engineCallOrNull('removing a network', () => docker.getNetwork(Id).remove());
  }
}
