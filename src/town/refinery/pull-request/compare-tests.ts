import { countBaseTests } from '../../../domain/convoy/decisions/list-own-checks.ts';
import type { Verification } from '../../../domain/convoy/events.ts';
import { countTests } from '../../../domain/merge-queue/count-tests.ts';
import type { CheckChange } from '../../../domain/merge-queue/own-checks.ts';
import type { RefineryDesk } from '../refinery-desk.ts';
import { runVerification } from '../verify.ts';

/**
 * Says so when fewer tests ran on the head than on the base, where the runner tells how many. The base is run once for it, and
 * only for a command that stood there.
 */
export async function fewerTests(desk: RefineryDesk, signal: AbortSignal): Promise<readonly CheckChange[]> {
  const { verified, opened } = desk.convoy();
  const command = opened.settings.verify;
  const now = verified === null ? null : countOf(desk, verified);
  if (command === null || now === null) return [];
  const before = await baseTests(desk, command, signal);
  if (before === null || now >= before) return [];
  return [{ path: command, what: `ran ${now} tests here and ${before} on the base` }];
}

async function baseTests(desk: RefineryDesk, command: string, signal: AbortSignal): Promise<number | null> {
  const { baseTests: known, opened } = desk.convoy();
  if (known !== undefined) return known;
  const { commit } = opened.base;
  const ran = countOf(desk, await runVerification(desk, { commit, beads: [], command }, signal));
  await desk.decide(`checks:${commit}`, (state) => countBaseTests(state, { commit, ran }));
  return ran;
}

/** Of the whole output, since a summary may stand far from its end. */
function countOf(desk: RefineryDesk, { outputHash, outputTail }: Verification): number | null {
  const whole = outputHash === null ? null : desk.town.ledger.getContent(outputHash);
  return countTests(whole === null ? outputTail : Buffer.from(whole).toString('utf8'));
}
