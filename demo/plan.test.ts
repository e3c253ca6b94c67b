import { describe, expect, it } from 'vitest';
import { plan, type Wish } from './plan.ts';
import { minimist } from './scenarios/minimist/scenario.ts';
import { rateLimiter } from './scenarios/rate-limiter/scenario.ts';

const wish: Wish = {
  task: null,
  scenario: rateLimiter,
  scenarioNamed: false,
  verify: null,
  models: [],
  json: false,
};
const keys = { OPENAI_API_KEY: 'k' };

describe('the plan of a demo', () => {
  it.each([{}, keys])('is the script where no task is given, whatever keys are set', (environment) => {
    expect(plan({ ...wish, json: true }, environment)).toEqual({
      kind: 'rehearsal',
      task: rateLimiter.task,
      flags: ['--json', '--verify', 'python3 -m pytest -q'],
    });
  });

  it("passes the scenario's set-up on", () => {
    const planned = plan({ ...wish, scenario: minimist, scenarioNamed: true }, {});
    expect(planned).toMatchObject({
      kind: 'rehearsal',
      flags: ['--setup', 'npm install --no-audit --no-fund --no-package-lock', '--verify', minimist.verify],
    });
  });

  it('is a real model for a task of one’s own', () => {
    const own = { ...wish, task: 'Write a queue', verify: 'make test', models: ['big', 'analyst=small'] };
    expect(plan(own, { NEBIUS_API_KEY: 'k' })).toEqual({
      kind: 'model',
      task: 'Write a queue',
      flags: ['--model', 'big', '--model', 'analyst=small', '--verify', 'make test'],
    });
  });

  it('takes the workspace commands of a scenario that was named with it', () => {
    const own = { ...wish, scenario: minimist, scenarioNamed: true, task: 'Add opts.count' };
    expect(plan(own, keys)).toMatchObject({ kind: 'model', task: 'Add opts.count' });
    expect(plan(own, keys)).toHaveProperty('flags.3', minimist.verify);
  });

  it.each([{}, { OPENAI_API_KEY: '' }])('needs a key for a task of one’s own', (environment) => {
    expect(plan({ ...wish, task: 'Write a queue' }, environment)).toEqual({ kind: 'no-key' });
  });
});
