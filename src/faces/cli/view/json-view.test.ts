import { expect, it } from 'vitest';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { createJsonView } from './json-view.ts';
import type { View } from './view.ts';

function lines(show: (view: View) => void): Record<string, unknown>[] {
  const texts: string[] = [];
  show(createJsonView((text) => texts.push(text)));
  return texts.map((text) => {
    expect(text.indexOf('\n')).toBe(text.length - 1);
    return JSON.parse(text);
  });
}

it('prints each event on a line of its own, in order', () => {
  const printed = lines((view) => {
    for (const event of smallConvoy) view.event(event);
  });
  expect(printed.map(({ type, position }) => [type, position])).toEqual(
    smallConvoy.map(({ position }) => ['event', position]),
  );
  expect(printed.map(({ event }) => event)).toEqual(smallConvoy.map(({ type }) => type));
  expect(printed.find(({ event }) => event === 'BeadLanded')).toMatchObject({
    stream: 'convoy/7/1',
    actor: 'refinery',
    data: { bead: 1, commit: 'c'.repeat(40) },
  });
});

it("leaves out a role's prompt and cuts long texts of sessions", () => {
  const [started] = smallConvoy.filter(({ type }) => type === 'SessionStarted');
  if (started?.type !== 'SessionStarted') throw new Error('The story has a session.');
  const long = { ...started, data: { ...started.data, briefing: 'x'.repeat(10_000) } };
  const [line] = lines((view) => view.event(long));
  expect(line?.data).not.toHaveProperty('system');
  expect(JSON.stringify(line)).toContain('… (6000 more characters)');
});

it('puts no control character on the stream', () => {
  const texts: string[] = [];
  const view = createJsonView((text) => texts.push(text));
  for (const event of smallConvoy) view.event(event);
  view.notice('a\u001b[2Jb');
  expect(texts.join('').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
