import type { Verification } from '../../../domain/convoy/events.ts';
import { ensureEffect } from '../../mirror/ensure-effect.ts';
import type { CheckRun, Hub } from '../../ports/hub.ts';
import type { RefineryDesk } from '../refinery-desk.ts';
import { checkRunText } from './check-run-text.ts';

const pathsRead = 100_000;

/** Shows the verification of the head as a check run on it, with places for what was red; found again by its external id. */
export async function recordCheckRun(desk: RefineryDesk, hub: Hub): Promise<void> {
  const { verified, flaky } = desk.convoy();
  if (verified === null) return;
  const isThere = flaky === null ? () => false : await pathsOf(desk, verified.commit);
  await create(desk, hub, verified.commit, {
    ...checkRunText(verified, flaky, isThere),
    sha: verified.commit,
    externalId: `${desk.stream}@${verified.commit}`,
  });
}

/**
 * Shows on the head of the pull request that it is red together with what the base branch holds now: alone it is green, merged
 * it would not be.
 */
export async function recordRedTogether(
  desk: RefineryDesk,
  hub: Hub,
  red: { readonly verification: Verification; readonly base: string; readonly sha: string },
): Promise<void> {
  const { verification, base, sha } = red;
  const text = checkRunText(verification, null, await pathsOf(desk, verification.commit));
  await create(desk, hub, `${sha} with ${base}`, {
    ...text,
    title: `Red together with ${base.slice(0, 9)}`,
    sha,
    externalId: `${desk.stream}@${sha}+${base}`,
  });
}

/** What begins so is the town's own. */
export const ownCheckRuns = (stream: string): string => `${stream}@`;

async function create(desk: RefineryDesk, hub: Hub, subject: string, run: CheckRun): Promise<void> {
  await ensureEffect(desk.town, desk.stream, {
    kind: 'check-run',
    subject,
    detail: { sha: run.sha },
    // Only an App's token, a job's own among them, may write check runs; the pull request's text says the same.
    mayBeForbidden: true,
    perform: async () => ({ id: await hub.createCheckRun(run) }),
    find: async () => {
      const id = await hub.findCheckRun(run.sha, run.externalId);
      return id === null ? null : { id };
    },
  });
}

async function pathsOf(desk: RefineryDesk, commit: string): Promise<(path: string) => boolean> {
  const paths = new Set(await desk.store.listFiles(commit, '', { recursive: true, limit: pathsRead }));
  return (path) => paths.has(path);
}
