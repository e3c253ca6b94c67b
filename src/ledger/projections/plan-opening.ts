import { LedgerError } from '../ledger-error.ts';
import type { Projection } from './projection.ts';
import type { ProjectionStatus } from './projection-status.ts';

/** What is to be done with each projection when a ledger opens. */
export interface OpeningPlan {
  /** In step with the log already. */
  readonly ready: readonly Projection[];
  /** New, in an empty ledger. */
  readonly create: readonly Projection[];
  /** New or of another version, in a ledger that has events. */
  readonly rebuild: readonly Projection[];
  /** Being made anew by a town that is alive. */
  readonly wait: readonly Projection[];
}

interface Situation {
  readonly path: string;
  readonly projections: readonly Projection[];
  readonly stored: ReadonlyMap<string, ProjectionStatus>;
  readonly isEmpty: boolean;
  /** Asked only where there is something to make anew. */
  readonly mayRebuild: () => boolean;
}

/** Throws `other-version` where appending would leave a projection behind that another version keeps. */
export function planOpening({ path, projections, stored, isEmpty, mayRebuild }: Situation): OpeningPlan {
  const plan = {
    ready: [] as Projection[],
    create: [] as Projection[],
    rebuild: [] as Projection[],
    wait: [] as Projection[],
  };
  for (const projection of projections) {
    const before = stored.get(projection.name);
    const sameVersion = before?.version === projection.version;
    if (sameVersion && before.status === 'live') plan.ready.push(projection);
    else if (before === undefined && isEmpty) plan.create.push(projection);
    else if ((before?.version ?? 0) <= projection.version && mayRebuild()) plan.rebuild.push(projection);
    else if (sameVersion) plan.wait.push(projection);
    else {
      const { name, version } = projection;
      throw new LedgerError({
        kind: 'other-version',
        path,
        projection: name,
        found: before?.version ?? 0,
        known: version,
      });
    }
  }
  return plan;
}
