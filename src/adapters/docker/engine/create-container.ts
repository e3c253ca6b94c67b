import type Dockerode from 'dockerode';
import type { StartRequest } from '../../../town/ports/sandbox.ts';
import type { AgentEgress } from '../egress/agent-egress.ts';
import { proxyEnv } from '../egress/start-proxy.ts';
import { putHosts } from '../snapshot/town-files.ts';
import { hardenedContainer } from './container-config.ts';
import { engineCallOrNull } from './engine-call.ts';
import { ImageMissing } from './errors.ts';
import { containerLabels } from './labels.ts';
import type { Settings } from './options.ts';
import type { Removals } from './removals.ts';
import { removeContainer } from './remove-container.ts';
import type { StorageLimit } from './storage-limit.ts';

/** What starting a container rests on. */
export type StartSettings = Settings & {
  readonly agentEgress: AgentEgress;
  readonly storage: StorageLimit;
  readonly removals: Removals;
};

/** Makes, but doesn't start, a container on a snapshot. Rejects with `ImageMissing` when the snapshot is gone. */
export async function createContainer(
  request: StartRequest,
  settings: StartSettings,
  name: string,
  command?: readonly string[],
): Promise<Dockerode.Container> {
  const { network, labels } = request;
  const place =
    typeof network === 'string'
      ? { network: network === 'none' ? 'bare' : network }
      : { network: await settings.agentEgress.networkFor(labels.convoy, network.allow), env: proxyEnv };
  const shape = hardenedContainer({
    image: request.snapshot.imageId,
    limits: request.limits,
    ...place,
    labels: containerLabels(settings.town, request.labels, request.snapshot.tree),
    maxFileBytes: settings.maxFileBytes,
    ...(command === undefined ? {} : { command }),
  });
  const limit = await settings.storage.optionsFor(request.snapshot.imageId);
  const container = await engineCallOrNull('making a container', () =>
    settings.docker.createContainer({ ...shape, name, HostConfig: { ...shape.HostConfig, ...limit } }),
  );
  if (container === null) throw new ImageMissing(request.snapshot.imageId);
  if (place.network !== 'bare') return container;
  try {
    await putHosts(container);
    return container;
  } catch (error) {
    await removeContainer(container);
    throw error;
  }
}
