import { expect, test } from 'vitest';
import { countTests } from './count-tests.ts';

test.each([
  [
    'Vitest',
    ' Test Files  2 passed (2)\n      Tests  1 failed | 12 passed | 1 skipped (14)\n   Start at  10:00:00\n',
    13,
  ],
  [
    'Vitest, all green',
    ' Test Files  1 passed (1)\n      \u001B[2mTests \u001B[22m \u001B[1m12 passed\u001B[22m (12)\n',
    12,
  ],
  [
    'Jest',
    'Test Suites: 1 passed, 1 total\nTests:       1 skipped, 12 passed, 13 total\nSnapshots:   0 total\n',
    12,
  ],
  ['node:test', '# tests 5\n# suites 0\n# pass 4\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n', 4],
  ['tape', '1..9\n# tests 9\n# pass  9\n\n# ok\n', 9],
  ['Mocha', '\n  12 passing (8ms)\n  2 pending\n  1 failing\n', 13],
  ['pytest', '============ 1 failed, 5 passed, 2 skipped in 0.12s ============\n', 6],
  ['pytest -q', '.....\n5 passed in 0.02s\n', 5],
  ['unittest', 'Ran 5 tests in 0.001s\n\nOK (skipped=2)\n', 3],
  [
    'cargo',
    'test result: ok. 3 passed; 1 failed; 1 ignored; 0 measured\ntest result: ok. 2 passed; 0 failed; 0 ignored\n',
    6,
  ],
  ['go test -v', '=== RUN   TestA\n--- PASS: TestA (0.00s)\n    --- FAIL: TestA/b (0.00s)\nFAIL\n', 2],
  [
    'Maven',
    '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in ATest\n[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1\n',
    4,
  ],
  ['RSpec', '5 examples, 0 failures, 1 pending\n', 4],
  ['PHPUnit', 'OK (5 tests, 9 assertions)\n', 5],
  ['two runners', '# tests 5\n# skipped 0\n=== 2 passed in 0.1s ===\n', 7],
])('%s says how many tests ran', (_, output, ran) => {
  expect(countTests(output)).toBe(ran);
});

test.each(['', 'all is well\n', 'ok  \texample.com/thing\t0.01s\n', 'I ran 5 tests\n'])(
  'a text that says nothing of it counts nothing: %j',
  (output) => {
    expect(countTests(output)).toBeNull();
  },
);
