import { describe, expect, it } from 'vitest';
import { created, mayorStarted, opened, settings, slung } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import type { NewEvent } from '../../event.ts';
import { nextSteps } from '../next-steps.ts';
import { planText } from '../plan-gate.ts';
import { approvePlan, proposePlan, rejectPlan } from './decide-plan.ts';

const gated = opened({ settings: { ...settings, plan: 'review' } });
const planned = [gated, mayorStarted(), created(1), created(2, [1]), slung(1), slung(2)];
const proposed: NewEvent = { type: 'PlanProposed', data: { planHash: 'abc', beads: [1, 2] } };
const approved: NewEvent = { type: 'PlanApproved', data: { planHash: 'abc', by: 'ada' } };
const kinds = (...events: readonly NewEvent[]): string[] =>
  nextSteps(convoyAfter(...events)).map(({ kind }) => kind);

describe('the plan gate', () => {
  it('lets nothing start before the plan is approved, and nothing but the gate holds it', () => {
    expect(kinds(...planned)).not.toContain('hand-out');
    expect(kinds(...planned, proposed, approved)).toContain('hand-out');
    expect(kinds(opened(), ...planned.slice(1))).toContain('hand-out');
  });

  it('proposes what is planned, once', () => {
    givenConvoy(...planned)
      .when((state) => proposePlan(state, 'abc'))
      .thenEvents(proposed);
    givenConvoy(...planned, proposed)
      .when((state) => proposePlan(state, 'abc'))
      .thenNothing();
    givenConvoy(gated)
      .when((state) => proposePlan(state, 'abc'))
      .thenNothing();
    givenConvoy(opened(), created(1), slung(1))
      .when((state) => proposePlan(state, 'abc'))
      .thenNothing();
  });

  it('takes the approval of exactly the plan that was shown', () => {
    givenConvoy(...planned, proposed)
      .when((state) => approvePlan(state, { hash: 'abc', by: 'ada' }))
      .thenEvents(approved);
    givenConvoy(...planned, proposed)
      .when((state) => approvePlan(state, { hash: 'abd', by: 'ada' }))
      .thenRefused('no-such-plan');
    givenConvoy(...planned, proposed, created(3))
      .when((state) => approvePlan(state, { hash: 'abc', by: 'ada' }))
      .thenRefused('plan-changed');
  });

  it('asks again for what is planned after an approval', () => {
    const more = [...planned, proposed, approved, created(3), slung(3)];
    givenConvoy(...more)
      .when((state) => proposePlan(state, 'more'))
      .thenEvents({ type: 'PlanProposed', data: { planHash: 'more', beads: [3] } });
  });

  it('drops a refused plan: its beads are gone, and their numbers are not given again', () => {
    const rejected: NewEvent = {
      type: 'PlanRejected',
      data: { planHash: 'abc', by: 'ada', guidance: 'smaller', beads: [1, 2] },
    };
    givenConvoy(...planned, proposed)
      .when((state) => rejectPlan(state, { guidance: ' smaller ', by: 'ada' }))
      .thenEvents(rejected);
    givenConvoy(...planned)
      .when((state) => rejectPlan(state, { guidance: 'smaller', by: 'ada' }))
      .thenRefused('no-plan');
    const after = convoyAfter(...planned, proposed, rejected);
    expect(after.beads.size).toBe(0);
    expect(after.lastBead).toBe(2);
    expect(after.plan).toMatchObject({ proposed: null, refused: true, guidance: ['smaller'] });
  });

  it('binds to the text of the order and to every word of the plan', () => {
    const text = planText(convoyAfter(...planned));
    const other = opened({ settings: gated.data.settings, textHash: 'e'.repeat(64) });
    expect(planText(convoyAfter(other, ...planned.slice(1)))).not.toBe(text);
    const edited: NewEvent = {
      type: 'BeadEdited',
      data: { bead: 2, title: 'Part 2', description: 'Do 2!', acceptance: '2 works.' },
    };
    expect(planText(convoyAfter(...planned, edited))).not.toBe(text);
  });
});
