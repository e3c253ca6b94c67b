import { expect, test } from 'vitest';
import {
  closed,
  closedWithoutChange,
  commit,
  created,
  finalPassDone,
  holder,
  landed,
  leased,
  mayorReported,
  mayorStarted,
  opened,
  pullRequestOpened,
  quarantined,
  released,
  sessionId,
  settings,
  slung,
  verified,
  worked,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import type { NewEvent } from '../event.ts';
import type { EffectKind } from './events.ts';
import { nextSteps } from './next-steps.ts';

const keys = (...events: readonly NewEvent[]): string[] =>
  nextSteps(convoyAfter(...events)).map((step) => step.key);
const ordered = [opened(), mayorStarted(), created(1), created(2, [1]), slung(1), slung(2)];
const reported = [...ordered, mayorReported()];
const bothLanded = [
  ...reported,
  ...worked(1),
  verified([1], commit('c')),
  landed(1),
  ...worked(2, 1, commit('c')),
  verified([2], commit('d')),
  landed(2, commit('d')),
];

let effects = 0;
function confirmed(kind: EffectKind, subject: string, receipt: { number: number; id: number }): NewEvent[] {
  effects += 1;
  const effect = sessionId(9000 + effects);
  return [
    { type: 'EffectIntended', data: { effect, kind, subject, detail: null } },
    { type: 'EffectConfirmed', data: { effect, kind, subject, receipt } },
  ];
}
const mirrored = [
  ...confirmed('bead-issue', 'bead 1', { number: 13, id: 1013 }),
  ...confirmed('bead-issue', 'bead 2', { number: 14, id: 1014 }),
];

test('nothing is due for what is no convoy', () => {
  expect(nextSteps(null)).toEqual([]);
});

test('an order of the kind convoy needs its Mayor until that has reported', () => {
  expect(keys(opened())).toEqual(['mayor']);
  expect(keys(opened(), mayorStarted())).toEqual(['mayor']);
  expect(keys(opened(), mayorStarted(), created(1))).toEqual(['mayor']);
});

test('an order of the kind polecat never has one', () => {
  expect(keys(opened({ kind: 'polecat' }), created(1), slung(1))).toEqual(['hand-out 1 1']);
});

test('ready beads are handed out while the Mayor still speaks; what waits for another is not', () => {
  expect(keys(...ordered)).toEqual(['mayor', 'hand-out 1 1']);
});

test('no more are handed out than there may be polecats', () => {
  const three = [opened(), created(1), created(2), created(3), slung(1), slung(2), slung(3), mayorReported()];
  expect(keys(...three)).toEqual(['hand-out 1 1', 'hand-out 2 1']);
  expect(keys(...three, leased(1))).toEqual(['hand-out 2 1', `polecat ${holder(1)}`]);
  expect(keys(...three, leased(1), leased(2))).toEqual([`polecat ${holder(1)}`, `polecat ${holder(2)}`]);
});

test('each attempt is a hand-out of its own', () => {
  expect(keys(...reported, leased(1), released(1))).toEqual(['hand-out 1 2']);
});

test('a bead in hand is worked by the session that holds it', () => {
  expect(nextSteps(convoyAfter(...reported, leased(1)))).toEqual([
    { kind: 'polecat', key: `polecat ${holder(1)}`, bead: 1, session: holder(1) },
  ]);
});

test('a paused convoy hands nothing out; what is in hand and what is closed goes on', () => {
  const paused = { type: 'ConvoyPaused', data: { by: 'ada' } } as const;
  expect(keys(...reported, paused)).toEqual([]);
  expect(keys(...reported, leased(1), paused)).toEqual([`polecat ${holder(1)}`]);
  expect(keys(...reported, ...worked(1), paused)).toEqual(['refinery']);
  expect(keys(...reported, paused, { type: 'ConvoyResumed', data: { by: 'ada' } })).toEqual(['hand-out 1 1']);
});

test('a closed bead is integrated; at the end the Refinery looks over the whole', () => {
  expect(nextSteps(convoyAfter(...reported, ...worked(1)))).toEqual([{ kind: 'integrate', key: 'refinery' }]);
  expect(nextSteps(convoyAfter(...bothLanded))).toEqual([{ kind: 'final-pass', key: 'refinery' }]);
});

test('a look over the whole that is asked for comes before the end, as soon as nothing waits to land', () => {
  const asked: NewEvent = { type: 'RefineAsked', data: { by: 'mayor', guidance: '' } };
  const half = [...ordered, ...worked(1), verified([1]), landed(1), asked, leased(2, 1, commit('c'))];
  expect(keys(...half)).toEqual(['mayor', `polecat ${holder(2)}`, 'refinery']);
  expect(nextSteps(convoyAfter(...half)).at(-1)?.kind).toBe('final-pass');
  expect(nextSteps(convoyAfter(...half, closed(2))).at(-1)?.kind).toBe('integrate');
  expect(keys(...half, ...finalPassDone())).toEqual(['mayor', `polecat ${holder(2)}`]);
});

test('the pull request waits for the issues that it closes', () => {
  expect(keys(...bothLanded, ...finalPassDone())).toEqual([]);
  const all = [...bothLanded, ...finalPassDone(), ...mirrored];
  expect(nextSteps(convoyAfter(...all))).toEqual([{ kind: 'pull-request', key: 'refinery' }]);
});

test('an issue that GitHub has refused for good holds nothing up', () => {
  const effect = sessionId(8000);
  const refused: NewEvent[] = [
    { type: 'EffectIntended', data: { effect, kind: 'bead-issue', subject: 'bead 1', detail: null } },
    {
      type: 'EffectFailed',
      data: { effect, kind: 'bead-issue', subject: 'bead 1', reason: 'gone', final: true },
    },
    ...confirmed('bead-issue', 'bead 2', { number: 14, id: 1014 }),
  ];
  expect(keys(...bothLanded, ...finalPassDone(), ...refused)).toEqual(['refinery']);
});

test('with its pull request open there is nothing to do, nor for beads that nobody ordered', () => {
  const open = [...bothLanded, ...finalPassDone(), ...mirrored, pullRequestOpened(commit('d'))];
  expect(keys(...open)).toEqual([]);
  const found = [created(3), ...confirmed('bead-issue', 'bead 3', { number: 15, id: 1015 })];
  expect(keys(...open, ...found)).toEqual([]);
});

test('beads that nobody ordered hold nothing up', () => {
  expect(keys(...bothLanded, created(3))).toEqual(['refinery']);
});

test('with nothing landed there is nothing to show, and the reason is told', () => {
  const reason = (...events: readonly NewEvent[]) => nextSteps(convoyAfter(...events))[0];
  expect(reason(opened(), mayorStarted(), mayorReported(1, 'I do not understand.'))).toMatchObject({
    kind: 'give-up',
    reason: 'The Mayor made no bead. Its last words: I do not understand.',
  });
  const one = [opened(), mayorStarted(), created(1), slung(1), mayorReported()];
  expect(reason(...one, leased(1), closedWithoutChange(1))).toMatchObject({
    kind: 'give-up',
    reason: 'Every bead was closed without a change.',
  });
  expect(reason(...one, quarantined(1))).toMatchObject({
    kind: 'give-up',
    reason: 'No bead could be landed.',
  });
  expect(reason(opened(), mayorStarted(), created(1), mayorReported())).toMatchObject({ kind: 'give-up' });
});

test('what landed is shown even when the rest can not be done', () => {
  const half = [...reported, ...worked(1), verified([1]), landed(1), quarantined(2)];
  expect(keys(...half)).toEqual(['refinery']);
});

test('an ended convoy is cleaned up, then its branches go, then there is nothing more', () => {
  const over: NewEvent[] = [
    ...reported,
    leased(1),
    { type: 'ConvoyCancelled', data: { by: 'ada', reason: 'no' } },
  ];
  expect(keys(...over)).toEqual(['clean-up']);
  const cleared: NewEvent[] = [...over, { type: 'ConvoyCleared', data: {} }];
  expect(keys(...cleared)).toEqual(['delete-branches']);
  expect(keys(...cleared, { type: 'BranchesDeleted', data: {} })).toEqual([]);
});

const hold: NewEvent = {
  type: 'BeadHeld',
  data: { bead: 1, attempt: 1, hash: 'h', paths: ['AGENTS.md'] },
};

test('what waits for a person holds nothing up: the rest is shown, and what needs it waits too', () => {
  const held: NewEvent[] = [opened(), mayorStarted(), created(1), created(2), created(3, [1])];
  held.push(slung(1), slung(2), slung(3), mayorReported(), ...worked(1), hold);
  expect(keys(...held, leased(2))).toEqual([`polecat ${holder(2)}`]);
  const shown: NewEvent[] = [...held, ...worked(2), verified([2]), landed(2)];
  expect(nextSteps(convoyAfter(...shown)).map(({ kind }) => kind)).toEqual(['final-pass']);
  const approved: NewEvent = { type: 'ChangeApproved', data: { hash: 'h', by: 'ada' } };
  expect(nextSteps(convoyAfter(...shown, approved)).map(({ kind }) => kind)).toEqual(['integrate']);
});

test('with nothing landed and a person to ask, it neither gives up nor shows anything', () => {
  expect(keys(opened(), mayorStarted(), created(1), slung(1), mayorReported(), ...worked(1), hold)).toEqual(
    [],
  );
});

test('the number of polecats is that of the convoy', () => {
  const many = opened({ settings: { ...settings, polecats: 1 } });
  expect(keys(many, mayorStarted(), created(1), created(2), slung(1), slung(2), mayorReported())).toEqual([
    'hand-out 1 1',
  ]);
});
