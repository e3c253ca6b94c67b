import { expect, it } from 'vitest';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { createPlainView } from './plain-view.ts';

function shown(show: (view: ReturnType<typeof createPlainView>) => void): string {
  let text = '';
  show(
    createPlainView((piece) => {
      text += piece;
    }),
  );
  return text;
}

it('tells the story of a convoy: who did what, each text whole', () => {
  const text = shown((view) => {
    for (const event of smallConvoy) view.event(event);
  });
  expect(text.split('\n')).toEqual([
    'overseer ada               opened convoy #1: Build a thing',
    'mayor                      says',
    '                           | Two beads.',
    '                           | The second needs the first.',
    'mayor                      created bead 1: Lay the ground',
    'mayor                      created bead 2: Build on it, needs 1',
    'mayor                      slung bead 1 to polecat first part',
    'mayor                      slung bead 2 to polecat second part',
    'town                       started bead 1 (Lay the ground)',
    'polecat first part         says',
    '                           | I look first.',
    'polecat first part         $ make test',
    'polecat first part         shell: no rule to make target',
    'polecat first part         closed bead 1 (Lay the ground) with 3 files changed',
    'refinery                   verifies bead 1: make test',
    'refinery                   verification passed after 1.5 s',
    'refinery                   landed bead 1 (Lay the ground) as ccccccccc',
    'town                       opened pull request #4 from gas-town/convoy-1',
    '',
  ]);
});

it('knows the beads of an earlier run by name', () => {
  const [landed] = smallConvoy.filter(({ type }) => type === 'BeadLanded');
  if (!landed) throw new Error('A bead lands in the story.');
  const last = 'landed bead 1 (Lay the ground) as ccccccccc\n';
  expect(shown((view) => view.event(landed))).toContain('landed bead 1 as ccccccccc');
  const resumed = shown((view) => {
    for (const event of smallConvoy) view.recall(event);
    view.event(landed);
  });
  expect(resumed).toBe(`refinery                   ${last}`);
});

it('never prints streamed pieces, which would run into each other', () => {
  const who = { session: 's', role: 'polecat', actor: 'polecat:a', convoy: null, bead: null } as const;
  expect(shown((view) => view.progress({ ...who, kind: 'text', piece: 'half a sen' }))).toBe('');
});

it('shows set-up output and what is tried again', () => {
  const text = shown((view) => {
    view.progress({ kind: 'setup', convoy: 'convoy/7/1', text: 'added 3 packages\u001b[1A\n\n' });
    view.progress({
      kind: 'trouble',
      convoy: 'convoy/7/1',
      step: 'polecat',
      message: 'no\nroom',
      retryInMs: 1500,
    });
  });
  expect(text).toBe(
    'setup                      added 3 packages\ntown                       polecat: no room, again in 2 s\n',
  );
});

it('ends with what a person wants to know', () => {
  const text = shown((view) =>
    view.summary({
      type: 'summary',
      ok: true,
      convoy: 1,
      beads: 2,
      landed: 2,
      pullRequest: {
        number: 4,
        url: 'http://127.0.0.1:1/pull/4',
        head: 'gas-town/convoy-1',
        sha: 'c'.repeat(40),
      },
      verification: 'passed',
      tokens: 12345,
      costUsd: 0.5,
      wallMs: 61_234,
      workspace: '/tmp/w',
    }),
  );
  expect(text).toContain('Pull request #4 is open: http://127.0.0.1:1/pull/4');
  expect(text).toContain('#1, 2 of 2 beads landed');
  expect(text).toContain('12,345 tokens, $0.5000, 61.2 s');
});
