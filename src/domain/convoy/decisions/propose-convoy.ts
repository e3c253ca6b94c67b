import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { beadTextLengthMax, beadTitleLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Each becomes an issue that people have to read. */
const proposalsMax = 10;

/** A crew member puts an order into words. It is none before a person labels the issue that shows it. */
export function proposeConvoy(state: ConvoyState, proposal: EventData['ConvoyProposed']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const member = open.value.crew.get(proposal.name);
  if (member === undefined) return refuse(refusal('crew-unknown', `Nobody here is called ${proposal.name}.`));
  const [title, body] = [proposal.title.trim(), proposal.body.trim()];
  if (title === '' || body === '') {
    return refuse(
      refusal('proposal-empty', 'An order needs a title, and a text that says what shall be true.'),
    );
  }
  if (title.length > beadTitleLengthMax || body.length > beadTextLengthMax) {
    return refuse(
      refusal(
        'proposal-too-long',
        `A title has at most ${beadTitleLengthMax} characters, a text ${beadTextLengthMax}.`,
      ),
    );
  }
  if (member.proposed.some((one) => one.title === title && one.body === body)) return accept();
  if (member.proposed.length >= proposalsMax) {
    return refuse(
      refusal('proposals-full', `You have proposed ${proposalsMax} orders: that is as many as one may.`),
    );
  }
  return accept({ type: 'ConvoyProposed', data: { name: proposal.name, title, body } });
}
