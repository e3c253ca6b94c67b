import { describe, expect, it } from 'vitest';
import type { ConvoyCost, Traffic, WayCosts } from '../costs/costs.ts';
import type { Limit } from '../given/limits.ts';
import { asItComes, type Setup } from '../given/setup.ts';
import { usualWork, type Workload } from '../given/workload.ts';
import { simulateDay } from './simulate-day.ts';

const none: Traffic = {
  reads: 0,
  unchanged: 0,
  writes: 0,
  creates: 0,
  dispatches: 0,
  pushes: 0,
  gitReads: 0,
};
const cost = (beads: number): ConvoyCost => ({
  beads,
  app: { ...none, creates: beads },
  jobs: { ...none, pushes: 3 * beads },
  webhooks: 0,
  events: 0,
  ledgerBytes: 0,
  repositoryBytes: 0,
  townProcessorSeconds: 0,
  peakMemoryMiB: 0,
  jobRuns: 0,
  jobProcessorSeconds: 0,
});
const costs: WayCosts = { small: cost(2), large: cost(6), look: none };
const pushes: Limit = {
  name: 'pushes',
  scope: 'repository',
  most: 6,
  seconds: 60,
  burst: 6,
  takes: { 'jobs.pushes': 1 },
  holdsWork: true,
  source: 'a test',
};
const work = (convoysPerDay: number): Workload => ({ ...usualWork, convoysPerDay });
const day = (convoysPerDay: number, setup: Partial<Setup> = {}, limits: readonly Limit[] = [pushes]) =>
  simulateDay({
    limits,
    costs,
    work: work(convoysPerDay),
    setup: { ...asItComes('app-actions'), ...setup },
    seed: 7,
  });

describe('a day', () => {
  it('with nothing to wait for takes each convoy its plan, its beads and its verifications', () => {
    const { convoys, took, unhindered, jobsAtOnce } = day(200, { runners: 1_000 }, []);
    expect(convoys).toBeGreaterThan(150);
    expect(took.half).toBeCloseTo(unhindered.half, 6);
    const { planMinutes, beadMinutes, verifyMinutes, levels } = usualWork;
    expect(took.half / 60).toBeGreaterThan(planMinutes + levels * (beadMinutes / 2 + verifyMinutes));
    expect(jobsAtOnce).toBeLessThan(1_000);
  });

  it('of more pushes than a repository takes grows a line, which more repositories end', () => {
    const one = day(1_000, { runners: 1_000 });
    const many = day(1_000, { runners: 1_000, repositories: 50 });
    expect(one.waits.pushes?.longest).toBeGreaterThan(3_600);
    expect(one.took.most).toBeGreaterThan(one.unhindered.most + 3_600);
    expect(many.waits.pushes?.longest).toBeLessThan(300);
    expect(many.took.most - many.unhindered.most).toBeLessThan(300);
  });

  it('never works more jobs at once than there are runners, and more runners shorten the line', () => {
    const few = day(300, { runners: 5 }, []);
    const more = day(300, { runners: 100 }, []);
    expect([few.jobsAtOnce, few.took.half > more.took.half]).toEqual([5, true]);
    expect(more.waits['jobs at once']?.most).toBe(0);
  });

  it('works no more beads of a convoy at once than `polecats` lets', () => {
    const one = day(20, { polecats: 1, runners: 100 }, []);
    const five = day(20, { polecats: 5, runners: 100 }, []);
    expect(one.took.half).toBeGreaterThan(five.took.half * 1.5);
    expect(one.took.half).toBeCloseTo(one.unhindered.half, 6);
  });

  it('is the same for the same seed', () => {
    expect(day(300)).toEqual(day(300));
  });
});
