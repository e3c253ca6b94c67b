import type { Fault, RehearsalRequest } from '../../src/testing/rehearsal/fault.ts';
import type { Random } from '../random.ts';

/** What an endpoint does to a request now and then; a session must get over each of them. */
const faults: readonly [Fault, ...Fault[]] = [
  { kind: 'status', status: 429, retryAfterSeconds: 0 },
  { kind: 'status', status: 503 },
  { kind: 'reset' },
  { kind: 'cut', afterChunks: 2 },
  { kind: 'cut', afterChunks: 1, clean: true },
  { kind: 'hang', afterChunks: 0 },
  { kind: 'hang', afterChunks: 2 },
  { kind: 'malformed-arguments' },
  { kind: 'no-usage' },
  { kind: 'endless', text: 'I am certain that it is done. ' },
];

export interface ModelFaults {
  /** About one request in ten meets a fault. */
  next(request: RehearsalRequest): Fault | null;
  count(): number;
}

export function modelFaults(random: Random): ModelFaults {
  let met = 0;
  return {
    next: () => {
      if (!random.chance(10)) return null;
      met += 1;
      return random.pick(faults);
    },
    count: () => met,
  };
}
