import { describe, expect, it } from 'vitest';
import { findStep } from '../../src/testing/rehearsal/find-step.ts';
import { rehearsalModel } from '../../src/testing/rehearsal/script.ts';
import { scenarios } from './all.ts';
import { scriptOf } from './script-of.ts';

describe.each(scenarios)('the script of $name', (scenario) => {
  const script = scriptOf(scenario);
  const ask = (role: 'mayor' | 'polecat' | 'refinery', briefing: string) =>
    findStep(script, {
      model: rehearsalModel(role),
      messages: [
        { role: 'system', content: 'system' },
        { role: 'user', content: briefing },
      ],
    });

  it('has at least four beads, one that needs others, and no need that points forward', () => {
    expect(scenario.beads.length).toBeGreaterThanOrEqual(4);
    expect(scenario.beads.some(({ needs }) => needs.length > 0)).toBe(true);
    scenario.beads.forEach(({ needs }, index) => {
      for (const need of needs) expect(need).toBeLessThanOrEqual(index);
    });
  });

  it('finds each polecat’s part, also when the briefing names the beads that it needs', () => {
    for (const { title, description, needs } of scenario.beads) {
      const needed = needs.map((need) => `- [${need}] ${scenario.beads[need - 1]?.title}`);
      const found = ask('polecat', [title, description, scenario.task, ...needed].join('\n'));
      expect(found).toMatchObject({ status: 'found', about: title });
    }
  });

  it('has a part for the Mayor and for the final pass', () => {
    expect(ask('mayor', scenario.task)).toMatchObject({ status: 'found', index: 0 });
    expect(ask('refinery', 'This is the final pass.')).toMatchObject({
      status: 'found',
      about: 'final pass',
    });
  });
});
