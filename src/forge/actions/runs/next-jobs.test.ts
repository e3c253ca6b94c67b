import { expect, test } from 'vitest';
import { parseWorkflow } from '../workflow/parse-workflow.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { enterGroup } from './enter-group.ts';
import { nextJobs } from './next-jobs.ts';

const steps = 'runs-on: x, steps: [{ uses: a/b@v1 }]';

function workflow(jobs: string): Workflow {
  const parsed = parseWorkflow('x.yml', `on: push\njobs:\n${jobs}`);
  if (parsed.kind === 'invalid') throw new Error(parsed.errors.join());
  return parsed.workflow;
}

const ended = (key: string, conclusion: string) => ({
  key,
  status: 'completed' as const,
  conclusion,
  outputs: '{}',
});
const told = (jobs: ReturnType<typeof nextJobs>) =>
  jobs.map((job) => `${job.key} ${job.kind === 'end' ? job.conclusion : job.kind}`);

const chain = workflow(
  `  a: { ${steps} }\n  b: { needs: a, ${steps} }\n  c: { needs: [a], if: always(), ${steps} }\n  d: { needs: a, if: failure(), ${steps} }`,
);

test('a job starts once all that it needs has ended', () => {
  expect(told(nextJobs(chain, [], {}, false))).toEqual(['a start']);
  expect(nextJobs(chain, [{ ...ended('a', ''), status: 'in_progress' }], {}, false)).toEqual([]);
});

test.each([
  ['success', false, ['b start', 'c start', 'd skipped']],
  ['failure', false, ['b skipped', 'c start', 'd start']],
  ['skipped', false, ['b skipped', 'c start', 'd skipped']],
  ['cancelled', false, ['b skipped', 'c start', 'd skipped']],
  ['cancelled', true, ['b cancelled', 'c start', 'd cancelled']],
])('after %s (cancelled run: %s) its followers are %j', (conclusion, cancelled, expected) => {
  expect(told(nextJobs(chain, [ended('a', conclusion)], {}, cancelled))).toEqual(expected);
});

test('a condition or group that can not be worked out fails its job by name', () => {
  const broken = workflow(`  a: { concurrency: { group: "\${{ fromJSON('{') }}" }, ${steps} }`);
  expect(nextJobs(broken, [], {}, false)).toMatchObject([
    { key: 'a', kind: 'fail', reason: expect.stringContaining("fromJSON('{')") },
  ]);
});

test.each([
  ['single', false, [], 'queued', []],
  ['single', false, [['in_progress', 1]], 'pending', []],
  [
    'single',
    false,
    [
      ['in_progress', 1],
      ['pending', 2],
    ],
    'pending',
    [2],
  ],
  [
    'single',
    true,
    [
      ['in_progress', 1],
      ['pending', 2],
    ],
    'pending',
    [2, 1],
  ],
  [
    'max',
    false,
    [
      ['queued', 1],
      ['pending', 2],
    ],
    'pending',
    [],
  ],
  [
    'max',
    false,
    [['queued', 1], ...Array.from({ length: 100 }, (_, at) => ['pending', at + 2])],
    'refused',
    [],
  ],
] as const)(
  'a group with queue %s (cancel in progress: %s) and %j takes a job as %s',
  (queue, cancel, others, status, cancels) => {
    const rules = { group: 'g', queue, 'cancel-in-progress': cancel };
    const open = others.map(([state, id]) => ({ id: Number(id), status: state as 'pending' | 'queued' }));
    expect(enterGroup(rules, open)).toEqual({ status, cancels });
  },
);
