import { readCrewOrder } from '../../crew/crew-order.ts';
import { openQuestion } from '../../crew/crew-state.ts';
import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { beadCountMax, beadTitleLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

const membersMax = 10;

/** A person talks to a crew member, who joins when first spoken to, or lands what it made. */
export function orderCrew(
  state: ConvoyState,
  order: { readonly by: string; readonly argument: string },
): Decision<Refusal> {
  const wanted = readCrewOrder(order.argument);
  if (wanted.kind === 'land') return landCrew(state, { name: wanted.name, by: order.by });
  return askCrew(state, { name: wanted.name, by: order.by, text: wanted.text });
}

function askCrew(state: ConvoyState, asked: EventData['CrewAsked']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (asked.text.trim() === '') return refuse(refusal('question-missing', 'Say what you want to know.'));
  const { crew } = open.value;
  if (!crew.has(asked.name) && crew.size >= membersMax) {
    return refuse(refusal('crew-full', `A convoy has at most ${membersMax} crew members.`));
  }
  return accept({ type: 'CrewAsked', data: asked });
}

/**
 * Turns a member's branch into a bead that is closed with it as its evidence: from here on it lands as any other does, or
 * goes back to be worked by a polecat.
 */
export function landCrew(
  state: ConvoyState,
  landing: { readonly name: string; readonly by: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { crew, beads, lastBead, head, openedAt } = open.value;
  const member = crew.get(landing.name);
  if (!member?.session || member.base === null) {
    return refuse(refusal('crew-unknown', `Nobody here is called ${landing.name}.`));
  }
  if (openQuestion(member)) {
    return refuse(refusal('crew-at-work', `${landing.name} is still at work: land it when it has answered.`));
  }
  const { session, commit, base, files } = member;
  if (commit === null || commit === member.landed) {
    return refuse(refusal('nothing-to-land', `${landing.name} has changed nothing that is not landed.`));
  }
  if (beads.size >= beadCountMax) {
    return refuse(refusal('too-many-beads', `A convoy holds at most ${beadCountMax} beads.`));
  }
  const bead = lastBead + 1;
  const asked = member.talk.at(-1)?.text ?? '';
  const title = `What ${landing.name} made: ${asked.split('\n', 1)[0]}`.slice(0, beadTitleLengthMax);
  const description = member.talk
    .map(({ by, text }) => `${by} asked: ${text}`)
    .join('\n\n')
    .slice(-8000);
  const acceptance = 'It does what was asked for, and the verification passes.';
  const about = { bead, attempt: 1, session };
  return accept(
    { type: 'BeadCreated', data: { bead, title, description, acceptance, needs: [] } },
    { type: 'BeadSlung', data: { bead, topic: `crew ${landing.name}` } },
    // Given and closed in one append: nobody can hold it in between, whatever the lease says.
    { type: 'LeaseGranted', data: { ...about, runner: 'crew', until: openedAt, from: head } },
    { type: 'BeadClosed', data: { ...about, outcome: { kind: 'change', commit, base, files } } },
    { type: 'CrewLanded', data: { name: landing.name, bead, commit } },
  );
}
