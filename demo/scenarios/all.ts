import { minimist } from './minimist/scenario.ts';
import { rateLimiter } from './rate-limiter/scenario.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, the default first. */
export const scenarios: readonly [Scenario, ...Scenario[]] = [rateLimiter, minimist];
