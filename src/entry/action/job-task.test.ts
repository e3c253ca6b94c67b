import { expect, it } from 'vitest';
import type { ActionEnvironment } from './action-environment.ts';
import { jobOf } from './job-task.ts';

const repository = { id: 9, name: 'thing', owner: { login: 'acme' }, private: true };

function jobFor(event: string, payload: object, inputs: Partial<ActionEnvironment['inputs']> = {}) {
  const given = {
    'github-token': 'a token',
    part: 'work',
    config: '.github/gas-town.yml',
    ...inputs,
  } as const;
  const environment: ActionEnvironment = {
    inputs: given,
    token: 'a token',
    paced: true,
    markerKey: null,
    event,
    payload: { repository, ...payload },
    run: 7,
    workflow: 'gas-town.yml',
    baseUrl: 'http://127.0.0.1',
    gitRoot: 'http://127.0.0.1',
    folder: '/nowhere',
    image: 'rig',
  };
  return jobOf(environment);
}

it.each([
  ['a label', 'issues', { issue: { number: 4 } }, { kind: 'event', issue: 4 }],
  [
    'a comment on a pull request',
    'issue_comment',
    { issue: { number: 5, pull_request: {} } },
    { kind: 'event', issue: null },
  ],
  [
    'a review of the town’s pull request',
    'pull_request_review',
    { pull_request: { head: { ref: 'gas-town/convoy-4' } } },
    { kind: 'event', issue: 4 },
  ],
  [
    'a push to a convoy’s branch',
    'push',
    { ref: 'refs/heads/gas-town/convoy-4', after: 'c'.repeat(40) },
    { kind: 'event', issue: 4 },
  ],
  [
    'the end of checks on a convoy’s branch',
    'check_suite',
    { action: 'completed', check_suite: { head_branch: 'gas-town/convoy-4' } },
    { kind: 'event', issue: 4 },
  ],
  [
    'the end of a workflow of the rig’s own',
    'workflow_run',
    { action: 'completed', workflow_run: { head_branch: 'gas-town/convoy-4' } },
    { kind: 'event', issue: 4 },
  ],
  [
    'the end of checks on a commit of no branch',
    'check_suite',
    { action: 'completed', check_suite: { head_branch: null } },
    { kind: 'event', issue: null },
  ],
  [
    'an order',
    'workflow_dispatch',
    { inputs: { issue: '4', bead: '2', order: '4.2.1.1' } },
    { kind: 'bead', issue: 4, bead: 2 },
  ],
  ['an order to settle', 'workflow_dispatch', { inputs: { issue: '4', bead: '' } }, { kind: 'nothing' }],
  ['the schedule', 'schedule', { schedule: '*/15 * * * *' }, { kind: 'clock' }],
])('knows what %s is for', (_, event, payload, task) => {
  expect(jobFor(event, payload).task).toEqual(task);
});

it('settles the convoy that the other job names, else the one of the event, else none', () => {
  const settle = { part: 'settle' } as const;
  expect(
    jobFor('issue_comment', { issue: { number: 5, pull_request: {} } }, { ...settle, convoy: 4 }).task,
  ).toEqual({ kind: 'settle', issue: 4 });
  expect(jobFor('workflow_dispatch', { inputs: { issue: '4', bead: '' } }, settle).task).toEqual({
    kind: 'settle',
    issue: 4,
  });
  expect(jobFor('issue_comment', { issue: { number: 5, pull_request: {} } }, settle).task).toEqual({
    kind: 'nothing',
  });
});

it('tells a public repository from a private one, and refuses an event without a repository', () => {
  expect(jobFor('schedule', {})).toMatchObject({
    isPublic: false,
    rig: { id: 9, owner: 'acme', name: 'thing' },
  });
  expect(jobFor('schedule', { repository: { ...repository, private: false } }).isPublic).toBe(true);
  expect(() => jobFor('schedule', { repository: {} })).toThrow(
    /^The event schedule is not one that this action knows: repository\.id/,
  );
});
