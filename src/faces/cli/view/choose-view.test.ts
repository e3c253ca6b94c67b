import { expect, it } from 'vitest';
import { canShowLive } from './choose-view.ts';

it('shows the live screen on a terminal', () => {
  expect(canShowLive({ isTTY: true }, { TERM: 'xterm-256color' })).toBe(true);
});

it.each([
  ['a pipe', false, {}],
  ['CI', true, { CI: 'true' }],
  ['NO_COLOR', true, { NO_COLOR: '1' }],
  ['a dumb terminal', true, { TERM: 'dumb' }],
])('shows plain lines for %s', (_, isTTY, environment) => {
  expect(canShowLive({ isTTY }, environment)).toBe(false);
});

it('takes an empty NO_COLOR as unset', () => {
  expect(canShowLive({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
});
