import { expect, it } from 'vitest';
import { costOf, perConvoy, weighed } from './per-convoy.ts';

const traffic = (reads: number, writes: number) => ({
  reads,
  unchanged: 0,
  writes,
  creates: 0,
  dispatches: 0,
  pushes: 0,
  gitReads: 0,
});
const cost = (beads: number, reads: number, events: number) => ({
  beads,
  app: traffic(reads, 2 * beads),
  jobs: traffic(0, 0),
  webhooks: 0,
  events,
  ledgerBytes: 0,
  repositoryBytes: 0,
  townProcessorSeconds: 0,
  peakMemoryMiB: 0,
  jobRuns: 0,
  jobProcessorSeconds: 0,
});

it('draws the line through two convoys, and lets nothing cost less than nothing', () => {
  const per = perConvoy({ small: cost(2, 20, 50), large: cost(6, 40, 45) });
  expect(costOf(per, 12)).toMatchObject({ 'app.reads': 70, 'app.writes': 24, events: 50 });
  expect(weighed(costOf(per, 12), { 'app.reads': 1, 'app.writes': 5 })).toBe(190);
});
