import { receiveRedChecks } from '../../domain/convoy/decisions/receive-checks.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { redactSecrets } from '../../domain/text/redact-secrets.ts';
import { stripInvisible } from '../../domain/text/strip-invisible.ts';
import { tell } from '../mirror/tell.ts';
import type { Hub } from '../ports/hub.ts';
import { ownCheckRuns } from '../refinery/pull-request/check-run.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { redChecksText } from '../voice/red-checks.ts';
import { convoysOf } from './convoys-of.ts';
import type { ChecksPayload } from './deliveries.ts';

/**
 * A check of the rig's own has ended on a commit: where that is what a pull request of ours shows, and all of its checks have
 * ended, those that are red are given to a bead. Each delivery only says that it is time to look.
 */
export async function takeChecks(town: Town, payload: ChecksPayload, cause: string): Promise<void> {
  const sha = commitOf(payload);
  if (payload.action !== 'completed' || sha === null) return;
  for (const { stream, convoy } of convoysOf(town, payload.repository.id)) {
    if (convoy.ended !== null || convoy.pullRequest?.sha !== sha) continue;
    const hub = await openHub(town, convoy.opened.repository);
    const { running, red } = await hub.checksOf(sha, ownCheckRuns(stream));
    if (running || red.length === 0) continue;
    const checks = red.map((check) => ({ ...check, log: redactSecrets(stripInvisible(check.log).text) }));
    const result = await town.ledger.decide({
      stream,
      fold: convoyFold,
      actor: 'github',
      cause,
      decide: (state) => receiveRedChecks(state, { commit: sha, checks }),
    });
    if (result.state !== null) await tellWhenGivenUp(town, stream, hub, result.state, sha);
  }
}

const commitOf = ({ check_run, check_suite, workflow_run }: ChecksPayload): string | null =>
  (check_run ?? check_suite ?? workflow_run)?.head_sha ?? null;

async function tellWhenGivenUp(
  town: Town,
  stream: StreamId,
  hub: Hub,
  convoy: Convoy,
  sha: string,
): Promise<void> {
  const last = convoy.failedChecks.findLast((one) => one.commit === sha);
  if (last === undefined || last.bead !== null || convoy.pullRequest === null) return;
  const { number } = convoy.pullRequest;
  await tell(town, stream, hub, { issue: number, subject: `red checks ${sha}`, text: redChecksText(last) });
}
