import { nudgeSession } from '../../agent/resume-session.ts';
import { recordFinding, takeAway } from '../../domain/convoy/decisions/watch-over.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, StreamId } from '../../domain/event.ts';
import type { Finding, PastFinding } from '../../domain/patrol/patrol-state.ts';
import { healthFold } from '../../domain/patrol/session-health.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { attemptSummary } from '../polecat/attempt-summary.ts';
import { runOfRunner } from '../ports/bead-runs.ts';
import { endSession } from '../session/end-session.ts';
import type { Town } from '../town.ts';

/** Does what a rule of the Witness's asks for. Safe to do again: what was done already is found in the ledger. */
export async function actOnFinding(town: Town, stream: StreamId, finding: Finding): Promise<void> {
  const { bead, session, action } = finding;
  if (bead !== null && session !== null && (action === 'release' || action === 'quarantine')) {
    await takeBeadAway(town, stream, { ...finding, bead, session });
    return;
  }
  if (action === 'nudge' && !isElsewhere(town, stream, finding)) await nudge(town, stream, finding);
  await decide(town, stream, (state) => recordFinding(state, finding));
}

/** Says to a session what a rule found in it; the same words once. Whoever runs the session does it. */
export async function nudge(town: Town, stream: StreamId, finding: Finding): Promise<void> {
  if (finding.session === null) return;
  const by = { actor: 'witness', cause: stream, key: nudgeKey(town, stream, finding) };
  await nudgeSession(town, finding.session, nudgeText(finding), by);
}

/** A session has one writer: for one that a run elsewhere works, that is the run. */
function isElsewhere(town: Town, stream: StreamId, { bead, session }: Finding): boolean {
  if (town.runRefs === undefined) return false;
  const lease = town.ledger.load(stream, convoyFold).state?.beads.get(bead ?? 0)?.lease;
  return lease?.session === session && runOfRunner(lease.runner) !== null;
}

async function takeBeadAway(
  town: Town,
  stream: StreamId,
  finding: Finding & { readonly bead: number; readonly session: string },
): Promise<void> {
  const { session, rule } = finding;
  const { state: health } = town.ledger.load(`session/${session}`, healthFold);
  const taking = {
    finding,
    summary: attemptSummary(town.ledger.read(`session/${session}`)),
    now: town.clock().toISOString(),
    leaseRanOut: rule === 'orphaned' && !health.ended,
  };
  const elsewhere = isElsewhere(town, stream, finding);
  const taken = await decide(town, stream, (state) => takeAway(state, taking));
  // A run that held it hears of that, and ends its session itself.
  if (!taken || elsewhere) return;
  await endSession(town, stream, session, { outcome: 'cancelled', detail: finding.detail, actor: 'witness' });
}

async function decide(
  town: Town,
  stream: StreamId,
  decision: (state: ConvoyState) => Decision<Refusal>,
): Promise<boolean> {
  const result = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'witness',
    cause: 'patrol',
    decide: decision,
  });
  return result.status !== 'refused';
}

/** The same words for the same finding: said once, although the process may end before that is recorded. */
function nudgeKey(town: Town, stream: StreamId, { rule, session }: Finding): string {
  const { state } = town.ledger.load(stream, convoyFold);
  const before = state?.patrol.findings.filter((one: PastFinding) => one.session === session) ?? [];
  return `nudge:${session}:${rule}:${before.length}`;
}

const advice: Readonly<Record<Finding['rule'], string>> = {
  stalled: 'Go on with the next step now. If something holds you up, note what it is.',
  looping: 'Doing it once more will not change the result. Find out why it is so, or go another way.',
  overspending: 'Bring it to an end: close it with what works, and file what is left as a bead of its own.',
  orphaned: 'Go on with the next step now.',
  starved: 'Go on with the next step now.',
};

function nudgeText({ rule, detail }: Finding): string {
  return `The Witness looks at your work: ${detail}. ${advice[rule]}`;
}
