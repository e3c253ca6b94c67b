import type { ScriptedBead } from '../scenario.ts';
import { after, read, shell, writeAll, writeFile } from '../steps.ts';
import { slidingWindow } from './sliding-window.ts';

const test = 'python3 -m pytest -q';
const passed = /\b\d+ passed\b/;
const folder = (name: string): URL => new URL(`./files/${name}/`, import.meta.url);

const layGround = writeAll('An empty repository. I lay down the package.', folder('package'));
const ignore = writeFile('.gitignore', '__pycache__/\n.pytest_cache/\n');

const ground: ScriptedBead = {
  title: 'Lay down the package: clock, decision and the limiter interface',
  description:
    'Make the package `rate_limiter` with what every limiter shares: a `Clock` protocol with a monotonic and a manual clock, ' +
    'a frozen `Decision` (allowed, remaining, retry_after) and the protocol `RateLimiter.acquire(key, cost)`. No dependencies.',
  acceptance: 'The clocks, the decision and the checks of arguments have tests; pytest passes.',
  needs: [],
  topic: 'package',
  work: [
    { ...layGround, calls: [ignore, ...(layGround.calls ?? [])] },
    shell('The tests of the shared parts.', test),
  ],
  shows: passed,
  evidence: 'The package, its clocks, the decision and the interface are in place; their tests pass.',
};

const tokenBucket: ScriptedBead = {
  title: 'Build the token bucket',
  description:
    'A `TokenBucket(capacity, rate, clock)` in `rate_limiter/token_bucket.py`: bursts up to the capacity, refill at the rate, ' +
    'one bucket a key, safe between threads; keys that went quiet must not cost memory for ever.',
  acceptance:
    'Waiting for `retry_after` is always enough; threads together never spend more than the capacity.',
  needs: [1],
  topic: 'token bucket',
  work: [
    read('First the interface that I have to fit.', 'rate_limiter/limiter.py', 'rate_limiter/clock.py'),
    after(/class RateLimiter/, writeAll('The bucket and its tests.', folder('token-bucket'))),
    shell('Now the tests.', test),
  ],
  shows: passed,
  evidence: 'The token bucket works for single and many threads; its tests pass.',
};

const decorator: ScriptedBead = {
  title: 'Add a decorator that limits calls of a function',
  description:
    '`rate_limited(limiter, key=…, cost=…)` in `rate_limiter/decorator.py` for plain and async functions. A refused call raises ' +
    '`RateLimitExceeded`, which carries the decision, before the function is entered. Works with any `RateLimiter`.',
  acceptance: 'Plain and async functions, keys from arguments and the separation of functions are tested.',
  needs: [1],
  topic: 'decorator',
  work: [
    read('The decorator may know nothing but the interface.', 'rate_limiter/limiter.py'),
    after(/class RateLimiter/, writeAll('The decorator and its tests.', folder('decorator'))),
    shell('Now the tests.', test),
  ],
  shows: passed,
  evidence: 'The decorator limits plain and async functions; its tests pass with a limiter of their own.',
};

const commandLine: ScriptedBead = {
  title: 'Join the parts: exports, a command line and the README',
  description:
    'Export both limiters and the decorator from the package; add `python3 -m rate_limiter`, which replays a log of requests ' +
    'against either algorithm; write a README that says when to use which.',
  acceptance:
    'The command line is tested as a process; a bad line and a senseless limit are refused in one sentence.',
  needs: [2, 3, 4],
  topic: 'command line',
  work: [
    {
      say: 'What has landed so far?',
      calls: [{ name: 'list_files', arguments: {} }],
    },
    writeAll('Exports, command line and README.', folder('command-line')),
    shell('All tests together.', test),
    after(
      passed,
      shell(
        'And once by hand, as a reader of the README would.',
        "printf '0 ada\\n0 ada\\n5 ada\\n' | python3 -m rate_limiter --algorithm sliding-window --limit 2 --per 10",
      ),
    ),
  ],
  shows: /5 ada deny {2}retry in 5 s/,
  evidence: 'The parts are exported, the command line replays logs, the README shows both; all tests pass.',
};

export const beads: readonly ScriptedBead[] = [ground, tokenBucket, slidingWindow, decorator, commandLine];
