import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rigConfig } from '../../src/domain/config/rig-config.ts';
import type { AtScale } from '../answer/at-scale.ts';
import { allScales } from '../answer/scales.ts';
import { settingsFor } from '../answer/settings.ts';
import { readCosts } from '../costs/costs.ts';
import { scalingPage } from './scaling-page.ts';

const docs = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const answers: readonly AtScale[] = JSON.parse(docs('scaling.json'));
const costs = readCosts();

describe('docs/scaling.md', () => {
  it('is what `npm run simulate -- --write` makes of its figures', () => {
    expect(docs('scaling.md')).toBe(scalingPage(costs, answers));
  });

  it('has the figures that the measured costs give', () => {
    const small = answers.filter(({ work }) => work.convoysPerDay <= 1_000);
    expect(small).toHaveLength(6);
    expect(JSON.parse(JSON.stringify(allScales(costs, 1, [10, 1_000])))).toEqual(small);
  });

  it('names settings that there are', () => {
    const names = answers
      .flatMap(({ needed }) => settingsFor(needed))
      .flatMap(({ name }) => [...name.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
    const served = docs('github.md');
    const known = (name: string): boolean => name in rigConfig.shape || served.includes(`\`${name}\``);
    expect([...new Set(names)].filter((name) => !known(name))).toEqual(['DOCKER_HOST']);
    expect(readFileSync(new URL('../../src/entry/find-engine.ts', import.meta.url), 'utf8')).toContain(
      'DOCKER_HOST',
    );
  });

  it('uses nothing beyond 70 % in what it says it takes', () => {
    for (const { needed } of answers)
      for (const { use, scope } of needed.pressed)
        if (scope !== 'account') expect(use).toBeLessThanOrEqual(0.7);
  });
});
