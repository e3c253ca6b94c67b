import { estimatePlan } from '../../domain/convoy/estimate-plan.ts';
import type { Effect } from '../../domain/convoy/state.ts';
import { beadExperience } from '../mayor/bead-experience.ts';
import { type MarkerSubject, marker } from '../voice/marker.ts';
import { planComment } from '../voice/plan-comment.ts';
import { ensureEffect } from './ensure-effect.ts';
import { findOwn } from './find-own.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

const kind = 'plan-comment';

/** Posts a plan that waits for approval, once for each plan. */
export async function mirrorPlan(pass: MirrorPass): Promise<void> {
  const { town, stream, hub } = pass;
  const { opened, plan, beads } = pass.convoy();
  const { proposed } = plan;
  if (proposed === null || proposed.stale) return;
  const subjectOf = (effect: Effect): MarkerSubject => ({
    kind,
    effect: effect.id,
    repositoryId: opened.repository.id,
    issue: opened.issue,
  });
  await ensureEffect(town, stream, {
    kind,
    subject: `plan ${proposed.hash}`,
    detail: { issue: opened.issue },
    perform: async (effect) => {
      const planned = proposed.beads.flatMap((number) => beads.get(number) ?? []);
      const experience = beadExperience(town, opened.repository.id);
      const estimate = estimatePlan(planned, opened.settings.polecats, experience);
      const text = planComment(proposed.hash, planned, estimate);
      const body = `${text}\n\n${marker(town.markerKey, subjectOf(effect))}`;
      return { id: (await hub.createComment(opened.issue, body)).id };
    },
    find: async (effect) => {
      const ours = findOwn(town, await hub.listComments(opened.issue, lookFrom(effect)), subjectOf(effect));
      return ours ? { id: ours.id } : null;
    },
  });
}
