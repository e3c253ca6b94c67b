import { test } from 'vitest';
import { closed, created, leased, opened, slung } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { approveChange, holdBead } from './hold-bead.ts';

const done = [opened(), created(1), slung(1), leased(1), closed(1)];
const held = { bead: 1, hash: 'abc', paths: ['.github/workflows/ci.yml'] };
const holding = { type: 'BeadHeld', data: { ...held, attempt: 1 } } as const;
const approval = { type: 'ChangeApproved', data: { hash: 'abc', by: 'ada' } } as const;

test('a change to protected paths waits for a person, and that is said once for the same change', () => {
  givenConvoy(...done)
    .when((state) => holdBead(state, held))
    .thenEvents(holding);
  givenConvoy(...done, holding)
    .when((state) => holdBead(state, held))
    .thenNothing();
  givenConvoy(...done, holding)
    .when((state) => holdBead(state, { ...held, hash: 'abd' }))
    .thenEvents({ type: 'BeadHeld', data: { ...held, hash: 'abd', attempt: 1 } });
});

test('an approval is bound to exactly that change, and given once', () => {
  givenConvoy(...done, holding)
    .when((state) => approveChange(state, approval.data))
    .thenEvents(approval);
  givenConvoy(...done, holding, approval)
    .when((state) => approveChange(state, approval.data))
    .thenNothing();
  givenConvoy(...done, holding)
    .when((state) => approveChange(state, { hash: 'ab', by: 'ada' }))
    .thenRefused('nothing-to-approve');
});
