import { describe, expect, it, test } from 'vitest';
import {
  closed,
  created,
  holder,
  landed,
  leased,
  opened,
  quarantined,
  released,
  slung,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import type { NewEvent, NewEventOf } from '../event.ts';
import { requestsFor } from './requests-for.ts';
import { isSoftRequest, isUrgentRequest, type RunRequest, runRequest } from './run-request.ts';

const session = holder(1);
const convoy = convoyAfter(opened(), created(1), slung(1), leased(1));
const renewed: NewEvent = {
  type: 'LeaseRenewed',
  data: { bead: 1, attempt: 1, runner: 'actions:7', until: '2030-01-01T02:00:00.000Z' },
};
const noted: NewEvent = { type: 'BeadNoted', data: { bead: 2, note: 'Mind the gap.' } };
const spent = (inputTokens: number): NewEventOf<'BudgetSpent'> => ({
  type: 'BudgetSpent',
  data: { session, role: 'polecat', model: 'm', bead: 1, inputTokens, outputTokens: 5, usd: 0.5 },
});

describe('what a run asks for', () => {
  test.each<[NewEvent, RunRequest]>([
    [renewed, { kind: 'renew' }],
    [noted, { kind: 'note', bead: 2, text: 'Mind the gap.' }],
    [closed(1), { kind: 'close', outcome: closed(1).data.outcome }],
    [released(1), { kind: 'release', reason: 'it stopped', summary: 'Half done.' }],
    [
      { type: 'LessonLearned', data: { bead: 1, text: 'Use make.' } },
      { kind: 'lesson', text: 'Use make.' },
    ],
    [
      { type: 'AllowanceGranted', data: { session, tokens: 9, usd: 1 } },
      { kind: 'top-up', session },
    ],
    [
      { type: 'AllowanceReturned', data: { session, tokens: 9, usd: 1 } },
      { kind: 'give-back', session },
    ],
    [{ type: 'BudgetExhausted', data: { spentUsd: 1, capUsd: 1 } }, { kind: 'exhausted' }],
  ])('for %o is %o', (event, request) => {
    expect(requestsFor([event], convoy)).toEqual([request]);
    expect(runRequest.parse(request)).toEqual(request);
  });

  it('leaves the number of a new bead to the town', () => {
    const { bead: _, ...data } = created(4, [1]).data;
    expect(requestsFor([created(4, [1])], convoy)).toEqual([{ kind: 'create', ...data }]);
  });

  it('says what a session has cost in all, so that the same said twice counts once', () => {
    const more = convoyAfter(opened(), created(1), slung(1), leased(1), spent(100));
    expect(requestsFor([spent(20)], more)).toEqual([
      {
        kind: 'spent',
        session,
        role: 'polecat',
        model: 'm',
        inputTokens: 120,
        outputTokens: 10,
        usd: 1,
      },
    ]);
    expect(requestsFor([spent(20)], null)).toMatchObject([{ inputTokens: 20, outputTokens: 5 }]);
  });

  it('is in the order of the events, without what the town’s own rules add', () => {
    expect(requestsFor([noted, released(1), quarantined(1)], convoy)?.map(({ kind }) => kind)).toEqual([
      'note',
      'release',
    ]);
    expect(requestsFor([], convoy)).toEqual([]);
  });

  it('is nothing where one of the events is not for a run to decide', () => {
    for (const event of [landed(1), slung(1), leased(1)]) {
      expect(requestsFor([noted, event], convoy)).toBeNull();
    }
  });
});

test('a request of an unknown kind, of another shape or with more in it is none', () => {
  const note = { kind: 'note', bead: 1, text: 'Hello.' };
  expect(runRequest.safeParse(note).success).toBe(true);
  for (const wrong of [
    { ...note, bead: 0 },
    { ...note, as: 'mayor' },
    { kind: 'land', bead: 1 },
    { kind: 'claim' },
  ]) {
    expect(runRequest.safeParse(wrong).success).toBe(false);
  }
});

test('what is waited for is never soft, and all that others wait for is urgent', () => {
  const waited: readonly RunRequest[] = [
    { kind: 'claim', session, run: 7 },
    { kind: 'close', outcome: closed(1).data.outcome },
    { kind: 'top-up', session },
    { kind: 'exhausted' },
    { kind: 'release', reason: '', summary: '' },
    { kind: 'create', title: 't', description: '', acceptance: '', needs: [] },
  ];
  for (const request of waited)
    expect([isSoftRequest(request), isUrgentRequest(request)]).toEqual([false, true]);
  expect([isSoftRequest({ kind: 'renew' }), isUrgentRequest({ kind: 'renew' })]).toEqual([true, false]);
  expect([
    isSoftRequest({ kind: 'note', bead: 1, text: '' }),
    isUrgentRequest({ kind: 'note', bead: 1, text: '' }),
  ]).toEqual([true, true]);
});
