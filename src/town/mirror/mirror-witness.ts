import type { Effect } from '../../domain/convoy/state.ts';
import { carriesMarker, type MarkerSubject, marker } from '../voice/marker.ts';
import { findingText, healthText } from '../voice/witness-words.ts';
import { ensureEffect } from './ensure-effect.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

/** Posts what the Witness has to say to people, each word once: the reports that they asked for, and what the town can't mend. */
export async function mirrorWitness(pass: MirrorPass): Promise<void> {
  const { checks, findings } = pass.convoy().patrol;
  for (const [index, check] of checks.entries()) {
    if (check.reported) await post(pass, `health ${index + 1}`, healthText(check));
  }
  for (const [index, finding] of findings.entries()) {
    if (finding.action === 'escalate' || finding.action === 'quarantine') {
      await post(pass, `finding ${index + 1}`, findingText(pass.convoy(), finding));
    }
  }
}

async function post(pass: MirrorPass, subject: string, text: string): Promise<void> {
  const { town, stream, hub } = pass;
  const { issue, repository } = pass.convoy().opened;
  const markerOf = (effect: Effect): MarkerSubject => ({
    kind: 'reply',
    effect: effect.id,
    repositoryId: repository.id,
    issue,
  });
  await ensureEffect(town, stream, {
    kind: 'reply',
    subject,
    detail: { issue },
    perform: async (effect) => {
      const body = `${text}\n\n${marker(town.markerKey, markerOf(effect))}`;
      return { id: (await hub.createComment(issue, body)).id };
    },
    find: async (effect) => {
      const comments = await hub.listComments(issue, lookFrom(effect));
      const ours = comments.find(
        (one) => one.ours && carriesMarker(town.markerKey, one.body, markerOf(effect)),
      );
      return ours ? { id: ours.id } : null;
    },
  });
}
