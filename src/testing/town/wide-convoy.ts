import { onTestFinished } from 'vitest';
import { githubPace } from '../../adapters/github/pace/pace.ts';
import { patrolLimits } from '../../domain/patrol/patrol-limits.ts';
import type { RehearsalScript } from '../rehearsal/script.ts';
import type { TownSetup } from '../town-under-test/town-under-test.ts';
import { type BeadScript, convoyScript } from './convoy-script.ts';

export const beadCount = 30;

/** Thirty beads with forty needs between them: ten chains of three, each third bead needing two further ones. */
const beads: readonly BeadScript[] = Array.from({ length: beadCount }, (_, index) => {
  const number = index + 1;
  const row = Math.floor(index / 10);
  const needs = row === 0 ? [] : [number - 10];
  if (row === 2) needs.push((index % 10) + 1, 11 + ((index + 1) % 10));
  return {
    title: `Part ${String(number).padStart(2, '0')}!`,
    needs: [...new Set(needs)].toSorted((a, b) => a - b),
  };
});

export const needCount = beads.reduce((sum, { needs = [] }) => sum + needs.length, 0);

export const wideScript = (): RehearsalScript => convoyScript(beads);

/** GitHub's limits and the town's pace on a clock that runs so many times as fast as the machine's. */
export function onFastClock(speed: number): Pick<TownSetup, 'clock' | 'forge' | 'pace' | 'parts'> {
  const began = Date.now();
  // What agents do takes the machine's time.
  const [leaseMs, stallMs, starveMs] = [
    patrolLimits.leaseMs * speed,
    patrolLimits.stallMs * speed,
    patrolLimits.starveMs * speed,
  ];
  const patrol = { leaseMs, stallMs, starveMs };
  return {
    clock: { now: () => new Date(began + (Date.now() - began) * speed), secondMs: 1000 / speed },
    forge: { limits: {} },
    pace: githubPace,
    parts: () => ({ mirrorPaceMs: 10_000, lostCreateMs: 60_000, patrol }),
  };
}

/** Counts what the App writes to GitHub over HTTP, by kind. Pushes go by git, and tokens are no writing. */
export function countWrites(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const send = globalThis.fetch;
  globalThis.fetch = (url, init) => {
    const authorization = new Headers(init?.headers).get('authorization') ?? '';
    const method = init?.method ?? 'GET';
    if (method !== 'GET' && authorization.startsWith('token ghs_')) {
      const kind = `${method} ${kindOf(String(url))}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return send(url, init);
  };
  onTestFinished(() => {
    globalThis.fetch = send;
  });
  return counts;
}

/** The path below the repository, numbers left out. */
const kindOf = (url: string): string =>
  new URL(url).pathname.replace(/^\/api\/v3\/repos\/[^/]+\/[^/]+/, '').replaceAll(/\/\d+(?=\/|$)/g, '');
