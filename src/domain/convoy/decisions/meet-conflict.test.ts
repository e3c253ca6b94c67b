import { test } from 'vitest';
import { base, commit, created, opened } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { meetConflict } from './meet-conflict.ts';

const conflict = { bead: 1, onto: base, commit: commit('b'), paths: ['a.ts'] };

test('a conflict is recorded once for a bead, a commit and a head', () => {
  const met = { type: 'MergeConflicted', data: conflict } as const;
  givenConvoy(opened(), created(1))
    .when((state) => meetConflict(state, conflict))
    .thenEvents(met);
  givenConvoy(opened(), created(1), met)
    .when((state) => meetConflict(state, conflict))
    .thenNothing();
  givenConvoy(opened(), created(1), met)
    .when((state) => meetConflict(state, { ...conflict, onto: commit('c') }))
    .thenEvents({ type: 'MergeConflicted', data: { ...conflict, onto: commit('c') } });
});
