import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { ensureEffect } from '../mirror/ensure-effect.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { checkRunText } from './check-run-text.ts';

/** Shows the verification of the head as a check run on it; found again by its external id. */
export async function recordCheckRun(town: Town, stream: StreamId, hub: Hub): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  const verified = state?.verified ?? null;
  if (verified === null) return;
  const externalId = `${stream}@${verified.commit}`;
  await ensureEffect(town, stream, {
    kind: 'check-run',
    subject: verified.commit,
    detail: { sha: verified.commit },
    // Only an App's token, a job's own among them, may write check runs; the pull request's text says the same.
    mayBeForbidden: true,
    perform: async () => {
      const id = await hub.createCheckRun({ ...checkRunText(verified), sha: verified.commit, externalId });
      return { id };
    },
    find: async () => {
      const id = await hub.findCheckRun(verified.commit, externalId);
      return id === null ? null : { id };
    },
  });
}
