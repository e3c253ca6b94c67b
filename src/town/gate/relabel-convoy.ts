import { resumeAfter } from '../../domain/convoy/decisions/pause-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import type { CommandTarget } from './commands/find-target.ts';
import type { LabelledPayload } from './deliveries.ts';
import { maySteer } from './may-steer.ts';

interface Relabelling {
  readonly town: Town;
  readonly hub: Hub;
  readonly target: CommandTarget;
  readonly payload: LabelledPayload;
  readonly cause: string;
  readonly refuse: (rule: string, text: string) => Promise<void>;
}

/** An order's label on an issue that the town knows already: it goes on after the label had been taken away, or is told what to do. */
export async function relabelConvoy(given: Relabelling): Promise<void> {
  const { town, hub, target, payload, cause, refuse } = given;
  const { state } = town.ledger.load(target.stream, convoyFold);
  if (state === null) return;
  const isOwnIssue = state.opened.issue === payload.issue.number;
  if (!isOwnIssue && target.bead !== null && !state.ended) {
    return refuse(
      'issue-is-bead',
      `This is bead ${target.bead} of #${state.opened.issue}: \`/sling\` orders it.`,
    );
  }
  if (!isOwnIssue) return;
  if (state.ended) {
    // A late or repeated delivery of the label that began it all says nothing new.
    if (Date.parse(payload.issue.updated_at) <= Date.parse(state.ended.at)) return;
    return refuse(
      'convoy-ended',
      `This order has ended (${state.ended.how}). Open another issue to order again.`,
    );
  }
  if (state.pauseCause !== 'label-removed') return;
  const by = payload.sender.login;
  if (!(await maySteer(hub, payload.sender, state.opened.settings.bots ?? []))) return;
  await town.ledger.decide({
    stream: target.stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `relabelled:${target.stream}:${cause}`,
    decide: (now) => resumeAfter(now, by, 'label-removed'),
  });
}
