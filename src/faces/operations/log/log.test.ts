import { expect, test } from 'vitest';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { Correlations } from './correlations.ts';
import { createLog, type LogLevel } from './create-log.ts';
import { createLogView } from './log-view.ts';

const delivery = '11111111-2222-3333-4444-555555555555';
const story = smallConvoy.map((event, index) => (index === 0 ? { ...event, cause: delivery } : event));

function logged(events: typeof smallConvoy, level: LogLevel = 'debug', secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => lines.push(line) }, secrets);
  const view = createLogView(
    log,
    new Correlations((stream) => story.find((one) => one.stream === stream) ?? null),
  );
  for (const event of events) view.event(event);
  return { log, view, lines, read: () => lines.map((line) => JSON.parse(line)) };
}

test('everything that came of one delivery carries its id, down to the commit, after a restart too', () => {
  const { read } = logged(story.slice(5));
  expect(new Set(read().map(({ correlation }) => correlation))).toEqual(new Set([delivery]));
  expect(read().find(({ event }) => event === 'BeadLanded')).toMatchObject({
    level: 'info',
    bead: 1,
    commit: 'c'.repeat(40),
    stream: 'convoy/7/1',
    msg: expect.stringContaining('landed bead 1'),
  });
});

test('bookkeeping is left out above the level of debugging', () => {
  const spent = ({ event }: { readonly event: string }) => event === 'BudgetSpent';
  expect(logged(story).read().some(spent)).toBe(true);
  expect(logged(story, 'info').read().some(spent)).toBe(false);
  expect(logged(story, 'silent').lines).toEqual([]);
});

test('no line holds a secret: neither what looks like one nor a value that is known to be one', () => {
  const known = 'correct "horse"\nbattery';
  const { log, view, lines } = logged([], 'info', [known]);
  log.info({ note: known }, `the webhook's secret is ${known}`);
  const message = `401 for ghp_${'a'.repeat(36)} at https://x-access-token:hunter22@github.com/`;
  view.progress({ kind: 'trouble', convoy: 'convoy/7/1', step: 'mirror', message, retryInMs: 1 });
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/horse|ghp_a|hunter22/);
  expect(lines.every((line) => JSON.parse(line).time)).toBe(true);
});
