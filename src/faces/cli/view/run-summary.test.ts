import { describe, expect, it } from 'vitest';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { exitFor, summarise } from './run-summary.ts';

function convoy(): Convoy {
  const events = smallConvoy.filter(({ stream }) => stream === 'convoy/7/1');
  const state = events.reduce(convoyFold.evolve, convoyFold.initial('convoy/7/1'));
  if (!state) throw new Error('The story opens a convoy.');
  return state;
}

const facts = (convoy: Convoy | null) => ({ convoy, wallMs: 1234.5, workspace: '/w' });

describe('the summary of a run', () => {
  it('has every field, of the convoy as the ledger tells it', () => {
    expect(summarise(facts(convoy()))).toEqual({
      type: 'summary',
      ok: true,
      convoy: 1,
      beads: 2,
      landed: 1,
      pullRequest: {
        number: 4,
        url: 'http://127.0.0.1:1/ada/thing/pull/4',
        head: 'gas-town/convoy-1',
        sha: 'c'.repeat(40),
      },
      verification: 'passed',
      tokens: 2400,
      costUsd: 0.25,
      wallMs: 1235,
      workspace: '/w',
    });
  });

  it('is not ok when another commit than the pull request’s was verified', () => {
    const { pullRequest, ...rest } = convoy();
    if (!pullRequest) throw new Error('The story opens a pull request.');
    const moved = { ...rest, pullRequest: { ...pullRequest, sha: 'd'.repeat(40) } };
    const summary = summarise(facts(moved));
    expect([summary.ok, summary.verification, exitFor(summary)]).toEqual([false, 'none', 'verification']);
  });

  it('is not ok where no command shows anything', () => {
    const state = convoy();
    const verified = state.verified && { ...state.verified, command: null, exitCode: null };
    const summary = summarise(facts({ ...state, verified }));
    expect([summary.ok, summary.verification, exitFor(summary)]).toEqual([false, 'none', 'verification']);
  });

  it('says failed after a red verification that nothing green followed', () => {
    const state = convoy();
    const red = state.verified && { ...state.verified, exitCode: 1 };
    const summary = summarise(facts({ ...state, verified: null, red, pullRequest: null }));
    expect([summary.ok, summary.verification, exitFor(summary)]).toEqual([false, 'failed', 'convoy']);
  });

  it('can be made before there is a convoy', () => {
    const summary = summarise(facts(null));
    expect(summary).toMatchObject({
      ok: false,
      convoy: null,
      beads: 0,
      pullRequest: null,
      verification: 'none',
    });
    expect(exitFor(summary)).toBe('convoy');
  });
});
