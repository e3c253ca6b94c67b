import type { Bead } from '../bead/bead.ts';
import { isHeld, isOver, isReady, isWaitingToLand, waitsForApproval } from '../bead/derive.ts';
import { isCrewDue } from '../crew/crew-state.ts';
import { openCheck } from '../patrol/patrol-state.ts';
import { isFinalPassDue, isPassAsked } from './final-pass-due.ts';
import { isMirrored } from './mirror-receipts.ts';
import { awaitsApproval, isProposalDue } from './plan-gate.ts';
import { isUpdateDue } from './pull-request-due.ts';
import type { Convoy, ConvoyState } from './state.ts';

/** Something that the town should be doing for a convoy now. The same key means the same piece of work. */
export type Step =
  | { readonly kind: 'mayor'; readonly key: string }
  | { readonly kind: 'propose-plan'; readonly key: string }
  | { readonly kind: 'hand-out'; readonly key: string; readonly bead: number }
  | { readonly kind: 'polecat'; readonly key: string; readonly bead: number; readonly session: string }
  | { readonly kind: 'witness'; readonly key: string }
  | { readonly kind: 'crew'; readonly key: string; readonly name: string }
  | { readonly kind: 'integrate'; readonly key: string }
  | { readonly kind: 'final-pass'; readonly key: string }
  | { readonly kind: 'pull-request'; readonly key: string }
  | { readonly kind: 'update-pull-request'; readonly key: string }
  | { readonly kind: 'give-up'; readonly key: string; readonly reason: string }
  | { readonly kind: 'clean-up'; readonly key: string }
  | { readonly kind: 'delete-branches'; readonly key: string };

/**
 * What the town should be doing for a convoy, from its state alone. It is asked again after every event and after every
 * start, so a step that was lost with a process comes back by itself.
 */
export function nextSteps(state: ConvoyState): readonly Step[] {
  if (state === null) return [];
  const due = dueSteps(state);
  return state.engineLost ? due.filter(({ kind }) => !needEngine.has(kind)) : due;
}

const needEngine: ReadonlySet<Step['kind']> = new Set(['polecat', 'integrate', 'final-pass']);

function dueSteps(state: Convoy): readonly Step[] {
  if (state.ended) return afterEnd(state);
  return [...asked(state), ...(state.pullRequest && !hasWork(state) ? afterReview(state) : work(state))];
}

function work(state: Convoy): readonly Step[] {
  const beads = [...state.beads.values()];
  const steps: Step[] = [];
  if (isMayorDue(state)) steps.push({ kind: 'mayor', key: 'mayor' });
  // While the Mayor is there, it says itself when its plan is complete: by waiting for it.
  else if (isProposalDue(state)) steps.push({ kind: 'propose-plan', key: 'propose-plan' });
  steps.push(...handOuts(state, beads), ...polecats(beads));
  const waiting = beads.filter(isWaitingToLand);
  if (waiting.some((bead) => !isHeld(state.approved, bead)))
    steps.push({ kind: 'integrate', key: 'refinery' });
  else if (isPassAsked(state)) steps.push({ kind: 'final-pass', key: 'refinery' });
  else if (isComplete(state, beads)) steps.push(...ending(state, beads));
  return steps;
}

/** What people asked for, at any time of a convoy's life: a health report, an answer of the crew's. */
function asked({ patrol, crew }: Convoy): readonly Step[] {
  const report: Step[] = openCheck(patrol)
    ? [{ kind: 'witness', key: `witness ${patrol.checks.length}` }]
    : [];
  const members = [...crew.values()].filter(isCrewDue);
  return [...report, ...members.map(({ name }): Step => ({ kind: 'crew', key: `crew ${name}`, name }))];
}

function isMayorDue(state: Convoy): boolean {
  return state.opened.kind === 'convoy' && !state.mayor?.reported;
}

function handOuts(state: Convoy, beads: readonly Bead[]): Step[] {
  if (state.paused) return [];
  const busy = beads.filter((bead) => bead.status === 'in_progress').length;
  const free = Math.max(0, state.opened.settings.polecats - busy);
  return beads
    .filter((bead) => isReady(state.beads, bead) && !awaitsApproval(state, bead))
    .slice(0, free)
    .map((bead) => ({
      kind: 'hand-out',
      key: `hand-out ${bead.number} ${bead.attempts + 1}`,
      bead: bead.number,
    }));
}

function polecats(beads: readonly Bead[]): Step[] {
  return beads.flatMap((bead) =>
    bead.lease
      ? [
          {
            kind: 'polecat',
            key: `polecat ${bead.lease.session}`,
            bead: bead.number,
            session: bead.lease.session,
          },
        ]
      : [],
  );
}

/** The containers go first, since what runs in them may still speak of the branches. */
function afterEnd(state: Convoy): readonly Step[] {
  if (!state.cleared) return [{ kind: 'clean-up', key: 'clean-up' }];
  return state.branchesDeleted ? [] : [{ kind: 'delete-branches', key: 'delete-branches' }];
}

/** The pull request is open and nothing is at work: is what it shows still what the ledger says? */
function afterReview(state: Convoy): readonly Step[] {
  if (isFinalPassDue(state)) return [{ kind: 'final-pass', key: 'refinery' }];
  return isUpdateDue(state) ? [{ kind: 'update-pull-request', key: 'refinery' }] : [];
}

function hasWork(state: Convoy): boolean {
  return [...state.beads.values()].some((bead) => !isLeftAlone(state, bead));
}

/** Nothing more will be done for it by the town: it is over, nobody ordered it, or a person's word comes first. */
function isLeftAlone(state: Convoy, bead: Bead): boolean {
  if (waitsForApproval(state.approved, state.beads, bead)) return true;
  return isOver(state.beads, bead) || (bead.status === 'open' && !bead.slung);
}

/** No order is outstanding and none will come: beads that nobody slung are left as they are. */
function isComplete(state: Convoy, beads: readonly Bead[]): boolean {
  if (isMayorDue(state)) return false;
  // Nobody ordered anything yet but a conversation.
  if (state.opened.kind === 'crew' && !beads.some((bead) => bead.slung)) return false;
  return beads.every((bead) => isLeftAlone(state, bead));
}

function ending(state: Convoy, beads: readonly Bead[]): readonly Step[] {
  if (!beads.some((bead) => bead.landedAs !== null)) {
    const asked = beads.some((bead) => waitsForApproval(state.approved, state.beads, bead));
    return asked ? [] : [giveUp(state, beads)];
  }
  if (isFinalPassDue(state)) return [{ kind: 'final-pass', key: 'refinery' }];
  // The pull request's text closes the beads' issues by number, so it waits for those to exist.
  return isMirrored(state) ? [{ kind: 'pull-request', key: 'refinery' }] : [];
}

function giveUp(state: Convoy, beads: readonly Bead[]): Step {
  return { kind: 'give-up', key: 'give-up', reason: whyNothing(state, beads) };
}

function whyNothing(state: Convoy, beads: readonly Bead[]): string {
  const words = `Its last words: ${state.mayor?.reported?.report ?? ''}`;
  if (beads.length === 0) return `The Mayor made no bead. ${words}`;
  if (!beads.some((bead) => bead.slung)) return `The Mayor ordered none of its beads. ${words}`;
  if (beads.every((bead) => bead.outcome?.kind === 'no-changes'))
    return 'Every bead was closed without a change.';
  return 'No bead could be landed.';
}
