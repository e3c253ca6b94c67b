import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { smallConvoy } from '../../../../testing/events/small-convoy.ts';
import { createLiveView } from './live-view.ts';

/** A stream that says it is a terminal, and everything that was written to it. */
function terminal(columns = 100, rows = 40): { stdout: NodeJS.WriteStream; written: () => string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (piece: Buffer) => {
    text += piece.toString('utf8');
  });
  const stdout = Object.assign(stream, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
  return { stdout, written: () => text };
}

it('keeps the whole story as scroll-back and takes the live part away at the end', async () => {
  const { stdout, written } = terminal();
  const view = createLiveView({ stdout, now: () => 0 });
  for (const event of smallConvoy) view.event(event);
  await view.close();
  const text = stripVTControlCharacters(written());
  expect(text).toContain('opened convoy #1: Build a thing');
  expect(text).toContain('Two beads.');
  expect(text).toContain('landed bead 1 (Lay the ground)');
  expect(text).toContain('opened pull request #4');
  expect(text.indexOf('Two beads.')).toBe(text.lastIndexOf('Two beads.'));
});

it('lets no escape sequence of a model through', async () => {
  const { stdout, written } = terminal();
  const view = createLiveView({ stdout, now: () => 0 });
  for (const event of smallConvoy) view.event(event);
  await view.close();
  expect(written()).toContain('I look first.');
  expect(written()).not.toContain('I look first.\u001b[2J');
});

it('can be closed twice, and shows nothing after that', async () => {
  const { stdout, written } = terminal();
  const view = createLiveView({ stdout, now: () => 0 });
  await view.close();
  const before = written();
  await view.close();
  view.notice('too late');
  expect(written()).toBe(before);
});
