import { expect, test } from 'vitest';
import { answeringGitHub, json } from '../../testing/town-under-test/answering-github.ts';
import { rigCheckOperations } from './rig-checks.ts';

const run = (change: object) => ({
  id: 5,
  name: 'test',
  status: 'completed',
  conclusion: 'failure',
  external_id: '',
  html_url: 'https://github.example/ann/rig/actions/runs/3/job/77',
  details_url: null,
  output: { title: 'Tests', summary: 'one is red', text: null, annotations_count: 0 },
  ...change,
});

const checksOf = async (answers: Parameters<typeof answeringGitHub>[0]) =>
  rigCheckOperations(await answeringGitHub(answers)).checksOf('abc', 'convoy/1/7@');

const list = 'GET /repos/ann/rig/commits/abc/check-runs';
const logs = 'GET /repos/ann/rig/actions/jobs/77/logs';

test('the log of a job is fetched from where GitHub redirects to, and its end is kept', async () => {
  const checks = await checksOf({
    [list]: json({ total_count: 1, check_runs: [run({})] }),
    [logs]: (response, { origin }) => response.writeHead(302, { location: `${origin}/blob` }).end(),
    'GET /blob': (response) =>
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(`${'early\n'.repeat(5000)}assert 1 == 2\n`),
  });
  expect(checks.running).toBe(false);
  expect(checks.red).toHaveLength(1);
  expect(checks.red[0]?.log.endsWith('assert 1 == 2\n')).toBe(true);
  expect(checks.red[0]?.log.length).toBe(8000);
});

test.each([403, 404, 410])(
  'where the log may not be read (%i), what the check says of itself stands for it',
  async (code) => {
    const checks = await checksOf({
      [list]: json({
        total_count: 1,
        check_runs: [run({ output: { title: 'Tests', summary: 'red', text: null, annotations_count: 1 } })],
      }),
      [logs]: json({ message: 'no' }, code),
      'GET /repos/ann/rig/check-runs/5/annotations': json([{ path: 'a.ts', start_line: 3, message: 'no' }]),
    });
    expect(checks.red[0]?.log).toBe('Tests\n\nred\n\na.ts:3: no');
  },
);

test('what is green, skipped, cancelled or the town’s own is not red; what has not ended is said', async () => {
  const checks = await checksOf({
    [list]: json({
      total_count: 5,
      check_runs: [
        run({ conclusion: 'success' }),
        run({ conclusion: 'skipped' }),
        run({ conclusion: 'cancelled' }),
        run({ external_id: 'convoy/1/7@abc' }),
        run({ status: 'in_progress', conclusion: null }),
      ],
    }),
  });
  expect(checks).toEqual({ running: true, red: [] });
});
