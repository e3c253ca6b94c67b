import type { ScriptedBead } from '../scenario.ts';
import { after, edit, read, shell, writeAll } from '../steps.ts';

const test = 'python3 -m pytest -q';
const path = 'rate_limiter/sliding_window.py';
const right = '<= now + TOLERANCE:';
/** The slip of the first draft: the end of the window counts twice, and rounding is forgotten. */
const slip = '< now:';

/** A bead whose first draft is wrong: its own tests say so, and the polecat mends it. */
export const slidingWindow: ScriptedBead = {
  title: 'Build the sliding window',
  description:
    'A `SlidingWindow(limit, window, clock)` in `rate_limiter/sliding_window.py`: never more than the limit within any stretch ' +
    'as long as the window. Exact, by a log of what still counts; one log a key, safe between threads.',
  acceptance: 'No burst slips through at a border; a unit is free again exactly when its window ends.',
  needs: [1],
  topic: 'sliding window',
  work: [
    read('First the interface that I have to fit.', 'rate_limiter/limiter.py', 'rate_limiter/clock.py'),
    after(
      /class RateLimiter/,
      writeAll(
        'The window and its tests.',
        new URL('./files/sliding-window/', import.meta.url),
        (file, text) => (file === path ? text.replace(right, slip) : text),
      ),
    ),
    shell('Now the tests.', test),
    after(
      /\bfailed\b/,
      edit(
        'A unit must be free again at the very end of its window, and rounding must not delay it. I compared too strictly.',
        { path, from: slip, to: right },
      ),
    ),
    shell('Again.', test),
  ],
  shows: /^\d+ passed\b/m,
  evidence: 'The sliding window is exact, its border included; its tests pass.',
};
