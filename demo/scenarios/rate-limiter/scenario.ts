import type { Scenario } from '../scenario.ts';
import { beads } from './beads.ts';

/** An empty repository becomes a Python package: one bead lays the ground, three build on it at once, one joins them. */
export const rateLimiter: Scenario = {
  name: 'rate-limiter',
  task: 'Build a Python rate limiter with token-bucket and sliding-window',
  setup: [],
  verify: 'python3 -m pytest -q',
  prepare: async () => {},
  plan: [
    'Both algorithms answer the same question about the same clock, so the shared interface comes first.',
    'After that the token bucket, the sliding window and the decorator touch no common file and can be worked at once.',
    'Last comes what needs all three: the public exports, a command line that replays a log, and the README.',
  ].join(' '),
  beads,
  resolution: null,
  report: [
    'The rate limiter is built: a token bucket and an exact sliding window behind one interface, a decorator for plain and',
    'async functions, and a command line that replays a log of requests. Every part has its own tests.',
  ].join(' '),
};
