import { askRefine } from '../convoy/decisions/ask-refine.ts';
import { changeNeeds } from '../convoy/decisions/change-needs.ts';
import { approvePlan, rejectPlan } from '../convoy/decisions/decide-plan.ts';
import { cancelConvoy } from '../convoy/decisions/end-convoy.ts';
import { raiseBudget } from '../convoy/decisions/grant-allowance.ts';
import { approveChange } from '../convoy/decisions/hold-bead.ts';
import { noteBead } from '../convoy/decisions/note-bead.ts';
import { pauseConvoy, resumeConvoy } from '../convoy/decisions/pause-convoy.ts';
import { reopenBead } from '../convoy/decisions/reopen-bead.ts';
import { retryBead } from '../convoy/decisions/retry-bead.ts';
import { slingBead } from '../convoy/decisions/sling-bead.ts';
import { orderCrew } from '../convoy/decisions/talk-to-crew.ts';
import { askWitness } from '../convoy/decisions/watch-over.ts';
import { withdrawBead } from '../convoy/decisions/withdraw-bead.ts';
import { issueNumberOf } from '../convoy/mirror-receipts.ts';
import type { Convoy, ConvoyState } from '../convoy/state.ts';
import { accept, type Decision, refuse } from '../event.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { type CommandName, type CommandScope, commandTable } from './command-table.ts';

/** A command as someone with the right to give it gave it: about a bead, or (null) about the convoy. */
export interface GivenCommand {
  readonly name: CommandName;
  readonly argument: string;
  readonly bead: number | null;
  readonly by: string;
}

/** What a command changes. A question changes nothing and is accepted with no event. */
export function decideCommand(state: ConvoyState, command: GivenCommand): Decision<Refusal> {
  const { by, argument } = command;
  const scope = scopeOf(command.name);
  const bead = beadOfCommand(state, command);
  if (scope === 'bead' && bead === null) {
    return refuse(
      refusal('bead-command', `/${command.name} is about one bead: write it on the bead's own issue.`),
    );
  }
  if (scope === 'convoy' && bead !== null) {
    const where = state ? `#${state.opened.issue}` : "the convoy's issue";
    return refuse(
      refusal('convoy-command', `/${command.name} is about the whole convoy: write it on ${where}.`),
    );
  }
  switch (command.name) {
    case 'help':
    case 'status':
    case 'why':
      return accept();
    case 'pause':
      return pauseConvoy(state, by);
    case 'resume':
      return resumeConvoy(state, by);
    case 'budget':
      return raiseBudget(state, { by, usd: dollars(argument) });
    case 'approve':
      return approve(state, { hash: argument.trim(), by });
    case 'replan':
      return rejectPlan(state, { guidance: argument, by });
    case 'crew':
      return orderCrew(state, { by, argument });
    case 'witness':
      return askWitness(state, by);
    case 'refine':
      return askRefine(state, { by, guidance: argument });
    case 'stop':
      return cancelConvoy(state, by, argument || `Stopped by ${by}.`);
    default:
      return aboutBead(state, command.name, bead ?? 0, argument, by);
  }
}

/**
 * The bead that a command is about; null for the convoy as a whole. The issue of a `polecat` order shows both: what can only be
 * said of a bead is about the order's one bead there.
 */
export function beadOfCommand(
  state: ConvoyState,
  { name, bead }: Pick<GivenCommand, 'name' | 'bead'>,
): number | null {
  const isOwn = bead === null && scopeOf(name) === 'bead' && state?.opened.kind === 'polecat';
  return isOwn ? 1 : bead;
}

const scopeOf = (name: CommandName): CommandScope | undefined =>
  commandTable.find((entry) => entry.name === name)?.scope;

function aboutBead(
  state: ConvoyState,
  name: 'sling' | 'retry' | 'close' | 'reopen' | 'note' | 'needs',
  bead: number,
  argument: string,
  by: string,
): Decision<Refusal> {
  switch (name) {
    case 'sling':
      return slingBead(state, { bead, topic: '' });
    case 'retry':
      return retryBead(state, { bead, guidance: argument });
    case 'close':
      return withdrawBead(state, { bead, by, reason: argument });
    case 'reopen':
      return reopenBead(state, { bead, reason: argument });
    case 'note':
      return noteBead(state, { bead, text: argument });
    case 'needs':
      return needs(state, bead, argument);
  }
}

/** The hash names a plan or a change; the two can't be mistaken for each other. */
function approve(
  state: ConvoyState,
  approval: { readonly hash: string; readonly by: string },
): Decision<Refusal> {
  const isPlan = state?.plan.proposed?.hash === approval.hash;
  return isPlan ? approvePlan(state, approval) : approveChange(state, approval);
}

/** `+5usd`, `5 USD`, `$5` or `5.50`; not a number for anything else. */
function dollars(argument: string): number {
  const match = /^\+?\s*\$?\s*(\d{1,6}(?:\.\d{1,2})?)\s*(?:usd|\$)?$/i.exec(argument.trim());
  return match ? Number(match[1]) : Number.NaN;
}

function needs(state: ConvoyState, bead: number, argument: string): Decision<Refusal> {
  if (state === null) return refuse(refusal('convoy-unknown', 'There is no such convoy.'));
  const issues = [...argument.matchAll(/#(\d+)/g)].map((match) => Number(match[1]));
  if (issues.length === 0) return refuse(refusal('issue-missing', 'Say which issues: `/needs #12 #13`.'));
  const found = issues.map((issue) => beadOfIssue(state, issue));
  const unknown = issues.filter((_, index) => found[index] === null);
  if (unknown.length > 0) {
    return refuse(
      refusal('need-unknown', `Not beads of this convoy: ${unknown.map((one) => `#${one}`).join(', ')}.`),
    );
  }
  return changeNeeds(state, { bead, needs: found.filter((one) => one !== null) });
}

/** The bead that an issue mirrors, or null. */
export function beadOfIssue(convoy: Convoy, issue: number): number | null {
  for (const number of convoy.beads.keys()) if (issueNumberOf(convoy, number) === issue) return number;
  return null;
}
