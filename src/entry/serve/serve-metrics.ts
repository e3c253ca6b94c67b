import type Dockerode from 'dockerode';
import { createMetrics, type Metrics } from '../../faces/operations/metrics/create-metrics.ts';
import type { LedgerReader } from '../../ledger/open-reader.ts';
import type { Count } from '../../ledger/queries/count-work.ts';
import type { OpenTown } from '../../town/open-town.ts';

export interface ServeMetricsParts {
  readonly reader: LedgerReader;
  readonly docker: Dockerode;
  /** As in the label of this town's containers. */
  readonly name: string;
  readonly town: Pick<OpenTown, 'position'>;
  readonly quotas: ReadonlyMap<string, number>;
}

/** The figures of a serving town: the ledger's, and what only the engine, GitHub and this process know. */
export function serveMetrics({ reader, docker, name, town, quotas }: ServeMetricsParts): Metrics {
  const position = (): number => {
    reader.log.forget(false);
    return reader.log.lastPosition();
  };
  // What was there before the town opened is no lag: it folds that at its start.
  const before = position();
  return createMetrics(reader, {
    clock: () => new Date(),
    quotas: () => [...quotas].map(([kind, count]) => ({ kind, count })),
    lags: () => [{ kind: 'town', count: position() - Math.max(before, town.position()) }],
    containers: async () => {
      const filters = { label: [`gas-town.town=${name}`] };
      return byState(await docker.listContainers({ all: true, filters }));
    },
  });
}

function byState(containers: readonly Dockerode.ContainerInfo[]): readonly Count[] {
  const counts = Map.groupBy(containers, ({ State }) => State);
  return [...counts].map(([kind, those]) => ({ kind, count: those.length }));
}
