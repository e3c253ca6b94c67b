import type { Costs, Way } from '../costs/costs.ts';
import type { Metric } from '../costs/per-convoy.ts';

/** What an allowance belongs to: there are as many of it as of these. */
export type Scope = 'installation' | 'repository' | 'town';

/** An allowance that fills again with time: `most` within any `seconds`. */
export interface Limit {
  readonly name: string;
  readonly scope: Scope;
  readonly most: number;
  readonly seconds: number;
  /** How much may be taken at once after a rest. */
  readonly burst: number;
  /** What a convoy's measured costs take from it, each times its weight. */
  readonly takes: Partial<Record<Metric, number>>;
  /** Work waits for it; else only what people see on GitHub does. */
  readonly holdsWork: boolean;
  readonly source: string;
}

const rest = 'GitHub, "Rate limits for the REST API"';
const practice = 'GitHub, "Best practices for using the REST API"';
const minute = 60;
const hour = 3600;

/** Whose token writes to GitHub: the installation's or, with no server, that of the repository's own jobs. */
const caller = (way: Way): 'app' | 'jobs' => (way === 'no-server' ? 'jobs' : 'app');

/** GitHub's limits and our own for one way of running a town. Sources are GitHub's pages as read in 2026. */
export function limitsOf(way: Way, costs: Pick<Costs, 'appendsPerSecond'>): readonly Limit[] {
  return [...ofCaller(way), ...ofRepository(way), ...(way === 'no-server' ? [] : ofTown(costs))];
}

function ofCaller(way: Way): readonly Limit[] {
  const by = caller(way);
  const scope: Scope = way === 'no-server' ? 'repository' : 'installation';
  const limit = (
    name: string,
    most: number,
    seconds: number,
    takes: Limit['takes'],
    source: string,
  ): Limit => ({
    name,
    scope,
    most,
    seconds,
    burst: most,
    takes,
    holdsWork: false,
    source,
  });
  const requests = { [`${by}.reads`]: 1, [`${by}.writes`]: 1 };
  const points = { [`${by}.reads`]: 1, [`${by}.unchanged`]: 1, [`${by}.writes`]: 5 };
  return [
    limit('API requests an hour', way === 'no-server' ? 1000 : 5000, hour, requests, rest),
    limit('API points a minute', 900, minute, points, rest),
    limit('content a minute', 80, minute, { [`${by}.creates`]: 1 }, rest),
    limit('content an hour', 500, hour, { [`${by}.creates`]: 1 }, rest),
    { ...limit('our pause between writes', 60, minute, { [`${by}.writes`]: 1 }, practice), burst: 1 },
    { ...limit('our pause between creates', 20, minute, { [`${by}.creates`]: 1 }, practice), burst: 1 },
  ];
}

function ofRepository(way: Way): readonly Limit[] {
  const repository = { scope: 'repository', holdsWork: way !== 'app' } as const;
  const git = 'GitHub, "Repository limits"';
  const both = (metric: 'pushes' | 'gitReads' | 'dispatches') => ({
    [`app.${metric}`]: 1,
    [`jobs.${metric}`]: 1,
  });
  const pushes: Limit = {
    ...repository,
    name: 'pushes a minute',
    most: 6,
    seconds: minute,
    burst: 6,
    takes: both('pushes'),
    source: git,
  };
  const reads: Limit = {
    ...repository,
    name: 'git reads a second',
    most: 15,
    seconds: 1,
    burst: 15,
    takes: both('gitReads'),
    source: git,
  };
  if (way === 'app') return [pushes, reads];
  const actions = 'GitHub, "Actions limits"';
  const runs = { most: 500, seconds: 10, burst: 500, takes: both('dispatches'), source: actions };
  return [
    pushes,
    reads,
    { ...repository, name: 'runs queued in 10 seconds', ...runs },
    ...(way === 'app-actions' ? [jobRequests] : []),
  ];
}

const jobRequests: Limit = {
  name: "requests of jobs' tokens an hour",
  scope: 'repository',
  most: 1000,
  seconds: hour,
  burst: 1000,
  takes: { 'jobs.reads': 1, 'jobs.writes': 1 },
  holdsWork: true,
  source: rest,
};

function ofTown({ appendsPerSecond }: Pick<Costs, 'appendsPerSecond'>): readonly Limit[] {
  const town = { scope: 'town', seconds: 1, burst: 1, holdsWork: true, source: 'measured' } as const;
  return [
    { ...town, name: 'ledger appends a second', most: appendsPerSecond, takes: { events: 1 } },
    { ...town, name: "the town's processor", most: 1, takes: { townProcessorSeconds: 1 } },
  ];
}
