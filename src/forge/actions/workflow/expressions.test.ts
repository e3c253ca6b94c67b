import { expect, test } from 'vitest';
import { type Contexts, holdsFor, textOf, WorkflowExpressionError } from './expressions.ts';

const contexts: Contexts = {
  github: { event_name: 'issues', event: { label: { name: 'convoy' }, issue: { number: 12 } } },
  inputs: {},
  needs: { work: { result: 'failure', outputs: { convoy: '7' } } },
};
const fine = { succeeded: true, failed: false, cancelled: false };
const failed = { succeeded: false, failed: true, cancelled: false };
const cancelled = { succeeded: true, failed: false, cancelled: true };

test.each([
  [{ expression: "format('town-{0}', inputs.issue || github.event.issue.number || 'clock')" }, 'town-12'],
  [{ expression: 'needs.work.outputs.convoy' }, '7'],
  [{ expression: 'needs.other.outputs.convoy' }, ''],
  ['plain', 'plain'],
])('%j comes to %s', (text, value) => {
  expect(textOf(text, contexts)).toBe(value);
});

test.each([
  [undefined, true, false, false],
  ["github.event_name == 'issues'", true, false, false],
  ['contains(fromJSON(\'["convoy"]\'), github.event.label.name)', true, false, false],
  ['always()', true, true, true],
  ["always() && needs.work.result == 'failure'", true, true, true],
  ['failure()', false, true, false],
  ['cancelled()', false, false, true],
  [{ expression: '!cancelled()' }, true, true, false],
  ['false', false, false, false],
])('%j holds after success, failure and cancel: %s, %s, %s', (condition, ...expected) => {
  const told = [fine, failed, cancelled].map((status) => holdsFor(condition, contexts, status));
  expect(told).toEqual(expected);
});

test.each(['github.event_name ==', 'hashFiles()', 'matrix.os', "fromJSON('{')"])(
  '%s is refused by name',
  (wrong) => {
    expect(() => holdsFor(wrong, contexts, fine)).toThrow(WorkflowExpressionError);
  },
);
