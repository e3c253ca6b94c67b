import { expect, test } from 'vitest';
import { opened, sessionId, settings } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import type { NewEvent } from '../../event.ts';
import { convoyFold } from '../evolve.ts';
import type { ConvoyState } from '../state.ts';
import { exhaustBudget, freeUsd, grantAllowance, raiseBudget, returnAllowance } from './grant-allowance.ts';

const capped = opened({ settings: { ...settings, budgetUsd: 1 } });
const [first, second] = [sessionId(1), sessionId(2)];
const granted = (session: string, usd: number): NewEvent => ({
  type: 'AllowanceGranted',
  data: { session, tokens: 0, usd },
});
const spent = (session: string, usd: number): NewEvent => ({
  type: 'BudgetSpent',
  data: { session, role: 'polecat', model: 'm', bead: 1, inputTokens: 1, outputTokens: 1, usd },
});
const ask = (session: string) => (state: ConvoyState) => grantAllowance(state, session);

test('a session gets a share while it is there, and what is left when that is less', () => {
  givenConvoy(capped).when(ask(first)).thenEvents(granted(first, 0.05));
  givenConvoy(capped, granted(first, 0.75), granted(first, 0.234375))
    .when(ask(second))
    .thenEvents(granted(second, 0.015625));
});

test('what is granted is held, whether it is spent yet or not, and more spent than granted counts', () => {
  givenConvoy(capped, granted(first, 1)).when(ask(second)).thenRefused('budget-exhausted');
  givenConvoy(capped, granted(first, 0.5), spent(first, 1)).when(ask(second)).thenRefused('budget-exhausted');
});

test('an exhausted budget is told once, until it is raised', () => {
  const told: NewEvent = { type: 'BudgetExhausted', data: { spentUsd: 0, capUsd: 1 } };
  givenConvoy(capped, granted(first, 1)).when(exhaustBudget).thenEvents(told);
  givenConvoy(capped, granted(first, 1), told).when(exhaustBudget).thenNothing();
  givenConvoy(capped, granted(first, 1), told, { type: 'BudgetRaised', data: { by: 'ada', usd: 1 } })
    .when(exhaustBudget)
    .thenEvents({ type: 'BudgetExhausted', data: { spentUsd: 0, capUsd: 2 } });
});

test('without a cap nothing is granted, because nothing need be', () => {
  givenConvoy(opened()).when(ask(first)).thenNothing();
  givenConvoy(opened()).when(exhaustBudget).thenNothing();
});

test('what a session did not spend goes back, once', () => {
  const events = [capped, granted(first, 0.5), spent(first, 0.25)] as const;
  const returned: NewEvent = { type: 'AllowanceReturned', data: { session: first, tokens: 0, usd: 0.25 } };
  givenConvoy(...events)
    .when((state) => returnAllowance(state, first))
    .thenEvents(returned);
  givenConvoy(...events, returned)
    .when((state) => returnAllowance(state, first))
    .thenNothing();
});

test('a person raises the cap by a sum', () => {
  givenConvoy(capped)
    .when((state) => raiseBudget(state, { by: 'ada', usd: 5 }))
    .thenEvents({ type: 'BudgetRaised', data: { by: 'ada', usd: 5 } });
  givenConvoy(capped)
    .when((state) => raiseBudget(state, { by: 'ada', usd: Number.NaN }))
    .thenRefused('sum-unreadable');
  givenConvoy(opened())
    .when((state) => raiseBudget(state, { by: 'ada', usd: 5 }))
    .thenRefused('no-cap');
});

test('thirty sessions that ask never hold more than the cap', () => {
  let state = convoyFold.initial('convoy/7/12');
  const take = (event: NewEvent, version: number) => {
    const at = '2030-01-01T00:00:00.000Z';
    const place = { stream: 'convoy/7/12', version } as const;
    state = convoyFold.evolve(state, { ...event, ...place, id: `${version}`, actor: 'town', at });
  };
  take(capped, 1);
  for (let n = 1; n <= 30; n += 1) {
    const decision = grantAllowance(state, sessionId(n));
    if (decision.accepted) for (const event of decision.events) take(event, n + 1);
  }
  const held = [...(state?.allowances.values() ?? [])].reduce((sum, usd) => sum + usd, 0);
  expect(held).toBeCloseTo(1);
  expect(state && freeUsd(state)).toBeCloseTo(0);
});
