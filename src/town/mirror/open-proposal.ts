import type { Effect } from '../../domain/convoy/state.ts';
import { type MarkerSubject, marker } from '../voice/marker.ts';
import { proposalBody, proposalTitle } from '../voice/proposal-issue.ts';
import { ensureEffect } from './ensure-effect.ts';
import { findOwn } from './find-own.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

const kind = 'proposal';

/** Opens the issue that proposes an order, once, without a label: people decide what becomes of it. */
export async function openProposal(
  { town, stream, hub, convoy }: MirrorPass,
  proposal: {
    readonly name: string;
    /** Which of the member's own it is, from 1. */
    readonly number: number;
    readonly title: string;
    readonly body: string;
  },
): Promise<void> {
  const { repository, issue: talkedOn } = convoy().opened;
  const markerOf = (effect: Effect): MarkerSubject => ({
    kind,
    effect: effect.id,
    repositoryId: repository.id,
    issue: 0,
  });
  await ensureEffect(town, stream, {
    kind,
    subject: `crew ${proposal.name} ${proposal.number}`,
    detail: { name: proposal.name, number: proposal.number },
    perform: async (effect) => {
      const body = `${proposalBody({ ...proposal, talkedOn })}\n\n${marker(town.markerKey, markerOf(effect))}`;
      const title = proposalTitle(proposal.title);
      const { number, id } = await hub.createIssue({ title, body, labels: [] });
      return { number, id };
    },
    find: async (effect) => {
      const ours = findOwn(town, await hub.listIssuesSince(lookFrom(effect)), markerOf(effect));
      return ours ? { number: ours.number, id: ours.id } : null;
    },
  });
}
