import { expect, test } from 'vitest';
import { parseWorkflow } from './parse-workflow.ts';

const job = '{ runs-on: x, steps: [{ uses: a/b@v1 }] }';

test.each([
  ['that is not YAML', 'on: [', /Flow sequence|collection/],
  ['with a key that GitHub has not', `on: push\nfoo: 1\njobs: { a: ${job} }`, /Unexpected value 'foo'/],
  ['without jobs', 'on: push\n', /jobs/],
  [
    'with a matrix',
    'on: push\njobs: { a: { runs-on: x, strategy: { matrix: { a: [1] } }, steps: [{ uses: a/b@v1 }] } }',
    /"strategy"/,
  ],
  ['with a script', 'on: push\njobs: { a: { runs-on: x, steps: [{ run: make }] } }', /"run"/],
  [
    'with a service',
    'on: push\njobs: { a: { runs-on: x, services: { db: { image: x } }, steps: [{ uses: a/b@v1 }] } }',
    /"services"/,
  ],
  [
    'with a filter of branches',
    `on: { pull_request: { branches: [main] } }\njobs: { a: ${job} }`,
    /"branches"/,
  ],
  [
    'with a context out of its place',
    `on: push\nrun-name: "\${{ secrets.X }}"\njobs: { a: ${job} }`,
    /secrets/,
  ],
  [
    'whose job needs one that is not there',
    'on: push\njobs: { a: { needs: b, runs-on: x, steps: [{ uses: a/b@v1 }] } }',
    /never start: it needs b/,
  ],
  [
    'whose jobs wait for each other',
    'on: push\njobs: { a: { needs: b, runs-on: x, steps: [{ uses: a/b@v1 }] }, b: { needs: a, runs-on: x, steps: [{ uses: a/b@v1 }] } }',
    /'a' can never start[\s\S]*'b' can never start/,
  ],
])('a file %s is invalid and says so', (_name, text, message) => {
  const parsed = parseWorkflow('x.yml', text);
  expect(parsed.kind === 'invalid' && parsed.errors.join('\n')).toMatch(message);
});

test('defaults are filled in, and events in every form they can be written in', () => {
  const events = ['issues', '[issues]', '{ issues: }', '{ issues: { types: labeled } }'].map((on) => {
    const parsed = parseWorkflow('x.yml', `on: ${on}\njobs: { a: ${job} }`);
    return parsed.kind === 'workflow' && parsed.workflow.on;
  });
  expect(events).toEqual([
    { issues: {} },
    { issues: {} },
    { issues: {} },
    { issues: { types: ['labeled'] } },
  ]);
  const parsed = parseWorkflow('x.yml', `on: push\njobs: { a: ${job} }`);
  expect(parsed).toMatchObject({
    workflow: { on: {}, jobs: { a: { needs: [], 'timeout-minutes': 360, 'runs-on': ['x'] } } },
  });
});
