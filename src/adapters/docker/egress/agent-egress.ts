import type Dockerode from 'dockerode';
import { engineCall } from '../engine/engine-call.ts';
import { SandboxFailed } from '../engine/errors.ts';
import { filters, label } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';
import { type Egress, followProxy } from './proxy-log.ts';
import { allowLabel, bringUp, innerNetwork, startProxy } from './start-proxy.ts';

interface Way {
  readonly convoy: string;
  readonly network: string;
  readonly stopListening: () => void;
}

/**
 * The ways out of agents' containers: one proxy for each convoy whose settings name hosts. It outlives the town's process
 * as the containers do, and is found again.
 */
export class AgentEgress {
  readonly #settings: Settings;
  readonly #ways = new Map<string, Promise<Way>>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The network that leads to the convoy's proxy, which is started where it does not run. */
  async networkFor(convoy: string, allow: readonly string[]): Promise<string> {
    const key = JSON.stringify([convoy, allow]);
    const way = this.#ways.get(key) ?? this.#open(convoy, allow);
    this.#ways.set(key, way);
    try {
      return (await way).network;
    } catch (error) {
      this.#ways.delete(key);
      throw error;
    }
  }

  /** Takes up a convoy's proxies again after a restart of the town or of the engine; their networks have stayed. */
  async takeUp(convoy: string): Promise<void> {
    for (const proxy of await this.#proxies(convoy)) {
      const key = `again ${proxy.Id}`;
      const way = this.#ways.get(key) ?? this.#follow(proxy, convoy);
      this.#ways.set(key, way);
      await way;
    }
  }

  /** Stops listening to the proxies of a convoy (null: to all) without ending them. */
  async forget(convoy: string | null): Promise<void> {
    const settled = await Promise.allSettled(
      [...this.#ways].map(async ([key, way]) => ({ key, way: await way })),
    );
    for (const one of settled) {
      if (one.status === 'rejected') continue;
      const { key, way } = one.value;
      if (convoy !== null && way.convoy !== convoy) continue;
      this.#ways.delete(key);
      way.stopListening();
    }
  }

  async #open(convoy: string, allow: readonly string[]): Promise<Way> {
    const { egress, onEgress } = this.#settings;
    if (egress === null) {
      const reason = 'an allow-list needs an image for its proxy';
      throw new SandboxFailed({ doing: 'opening a way out', status: null, reason });
    }
    const known = (await this.#proxies(convoy)).find(
      ({ Labels }) => Labels[label.allow] === allowLabel(allow),
    );
    if (known !== undefined) return this.#follow(known, convoy);
    const place = { labels: { convoy, purpose: 'egress' }, name: 'proxy' } as const;
    const { network, stopListening } = await startProxy(
      this.#settings,
      { image: egress.image, allow },
      place,
      (told) => onEgress(told, { convoy, by: 'agents' }),
    );
    return { convoy, network, stopListening };
  }

  #proxies(convoy: string): Promise<Dockerode.ContainerInfo[]> {
    const { docker, town } = this.#settings;
    const by = filters([label.town, town], [label.convoy, convoy], [label.purpose, 'egress']);
    return engineCall('looking for egress proxies', () => docker.listContainers({ all: true, filters: by }));
  }

  async #follow({ Id, State, NetworkSettings }: Dockerode.ContainerInfo, convoy: string): Promise<Way> {
    const proxy = this.#settings.docker.getContainer(Id);
    const onEgress = (told: Egress): void => this.#settings.onEgress(told, { convoy, by: 'agents' });
    const stopListening = await (State === 'running'
      ? followProxy(proxy, { onEgress })
      : bringUp(proxy, onEgress));
    return { convoy, network: innerNetwork(Object.keys(NetworkSettings.Networks)), stopListening };
  }
}
