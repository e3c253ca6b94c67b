import fc from 'fast-check';
import { changeNeeds } from '../../domain/convoy/decisions/change-needs.ts';
import { closeBead } from '../../domain/convoy/decisions/close-bead.ts';
import { createBead } from '../../domain/convoy/decisions/create-bead.ts';
import { editBead } from '../../domain/convoy/decisions/edit-bead.ts';
import {
  cancelConvoy,
  failConvoy,
  landConvoy,
  recordPullRequest,
} from '../../domain/convoy/decisions/end-convoy.ts';
import { grantLease } from '../../domain/convoy/decisions/grant-lease.ts';
import { approveChange, holdBead } from '../../domain/convoy/decisions/hold-bead.ts';
import { landBeads } from '../../domain/convoy/decisions/land-beads.ts';
import { learnLesson } from '../../domain/convoy/decisions/learn-lesson.ts';
import { meetConflict } from '../../domain/convoy/decisions/meet-conflict.ts';
import { noteBead } from '../../domain/convoy/decisions/note-bead.ts';
import { openConvoy } from '../../domain/convoy/decisions/open-convoy.ts';
import { pauseConvoy, resumeConvoy } from '../../domain/convoy/decisions/pause-convoy.ts';
import { releaseBead } from '../../domain/convoy/decisions/release-bead.ts';
import { renewLease } from '../../domain/convoy/decisions/renew-lease.ts';
import { reportMayor, startMayor } from '../../domain/convoy/decisions/report-mayor.ts';
import {
  escalateBead,
  reportRefinery,
  startRefinery,
} from '../../domain/convoy/decisions/report-refinery.ts';
import { retryBead } from '../../domain/convoy/decisions/retry-bead.ts';
import { returnBead } from '../../domain/convoy/decisions/return-bead.ts';
import { slingBead } from '../../domain/convoy/decisions/sling-bead.ts';
import { failVerification, startVerification } from '../../domain/convoy/decisions/start-verification.ts';
import { orderCrew } from '../../domain/convoy/decisions/talk-to-crew.ts';
import {
  askWitness,
  recordFinding,
  reportHealth,
  startWitness,
  takeAway,
} from '../../domain/convoy/decisions/watch-over.ts';
import { withdrawBead } from '../../domain/convoy/decisions/withdraw-bead.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { base, commit, holder, opened, sessionId, verification } from './convoy-events.ts';

/** A decision with its arguments, waiting for a state. */
export interface Attempt {
  readonly name: string;
  readonly decide: (state: ConvoyState) => Decision<Refusal>;
}

const bead = fc.integer({ min: 1, max: 3 });
const needs = fc.array(bead, { maxLength: 2 });
const session = fc.integer({ min: 1, max: 2 }).map(sessionId);
/** The attempt whose session speaks; null stands for the one that holds the bead. */
const worker = fc.option(fc.integer({ min: 1, max: 2 }), { freq: 2 });
/** A head that may be any; null stands for the one there is. */
const knownHead = fc.option(fc.constantFrom(base, commit('c')), { freq: 2 });
const head = fc.constantFrom(base, ...['c', 'd', 'e'].map(commit));
const text = fc.constantFrom('', 'something', ' other thing ');
const outcome = fc.oneof(
  fc.constant({ kind: 'change', commit: commit('b'), base, files: 1 } as const),
  fc.constant({ kind: 'no-changes', reason: 'It is there.' } as const),
);
const attemptsOf = (state: ConvoyState, of: number): number => state?.beads.get(of)?.attempts ?? 0;
/** As a runner does, each lease is for a session of its own. */
const sessionOf = (state: ConvoyState, of: number, spoken: number | null): string =>
  holder(of, spoken ?? attemptsOf(state, of));
const until = '2030-01-01T01:00:00.000Z';

const attempt = <Args>(
  name: string,
  args: fc.Arbitrary<Args>,
  decide: (state: ConvoyState, args: Args) => Decision<Refusal>,
): fc.Arbitrary<Attempt> =>
  args.map((value) => ({
    name: `${name} ${JSON.stringify(value)}`,
    decide: (state) => decide(state, value),
  }));

/** What workers do: these move beads, so they are tried more often. */
const ofBeads: readonly fc.Arbitrary<Attempt>[] = [
  attempt('create', fc.record({ title: text, description: text, acceptance: text, needs }), createBead),
  attempt('edit', fc.record({ bead, title: text }), editBead),
  attempt('needs', fc.record({ bead, needs }), changeNeeds),
  attempt('sling', fc.record({ bead, topic: text }), slingBead),
  attempt('lease', fc.record({ bead, runner: text }), (state, request) =>
    grantLease(state, {
      ...request,
      until,
      session: holder(request.bead, attemptsOf(state, request.bead) + 1),
    }),
  ),
  attempt('close', fc.record({ bead, worker, outcome }), (state, { worker: by, ...closing }) =>
    closeBead(state, { ...closing, session: sessionOf(state, closing.bead, by) }),
  ),
  attempt(
    'release',
    fc.record({ bead, worker, reason: text, summary: text }),
    (state, { worker: by, ...release }) =>
      releaseBead(state, { ...release, session: sessionOf(state, release.bead, by) }),
  ),
  attempt('renew', fc.record({ bead, worker, runner: text }), (state, { worker: by, ...renewal }) =>
    renewLease(state, { ...renewal, until, session: sessionOf(state, renewal.bead, by) }),
  ),
  attempt(
    'take away',
    fc.record({ bead, worker, action: fc.constantFrom('release', 'quarantine'), ranOut: fc.boolean() }),
    (state, { worker: by, ranOut, ...about }) => {
      const finding = {
        ...about,
        rule: 'orphaned',
        detail: 'lost',
        session: sessionOf(state, about.bead, by),
      };
      return takeAway(state, {
        finding: { ...finding, rule: 'orphaned' },
        summary: '',
        now: '2030-01-01T02:00:00.000Z',
        leaseRanOut: ranOut,
      });
    },
  ),
  attempt('return', fc.record({ bead, reason: text, output: text }), returnBead),
  attempt('note', fc.record({ bead, text }), noteBead),
  attempt('retry', fc.record({ bead, guidance: text }), retryBead),
  attempt('hold', fc.record({ bead, hash: text, paths: fc.constant(['.github/x']) }), holdBead),
  attempt(
    'land',
    fc.record({ onto: knownHead, to: head, beads: fc.uniqueArray(bead, { minLength: 1, maxLength: 2 }) }),
    (state, { onto, to, beads }) =>
      landBeads(state, {
        verification: verification(beads, to, 0),
        merged: beads.map((one) => ({ bead: one, commit: to })),
        onto: onto ?? state?.head ?? base,
      }),
  ),
];

const ofConvoy: readonly fc.Arbitrary<Attempt>[] = [
  attempt('open', fc.constantFrom('convoy', 'polecat'), (state, kind) =>
    openConvoy(state, opened({ kind }).data),
  ),
  attempt('mayor', session, startMayor),
  attempt('mayor reports', fc.record({ session, finished: fc.boolean(), report: text }), reportMayor),
  attempt('ask the crew', fc.constantFrom('ada: look', 'ada land', 'land'), (state, argument) =>
    orderCrew(state, { by: 'ada', argument }),
  ),
  attempt('ask the Witness', fc.constant('ada'), askWitness),
  attempt('witness', session, startWitness),
  attempt(
    'witness reports',
    fc.record({ session, verdict: fc.constantFrom('GREEN', null), report: text }),
    reportHealth,
  ),
  attempt('finding', bead, (state, of) =>
    recordFinding(state, { rule: 'starved', action: 'escalate', bead: of, session: null, detail: 'x' }),
  ),
  attempt('approve', fc.record({ hash: text, by: fc.constant('ada') }), approveChange),
  attempt('withdraw', fc.record({ bead, by: fc.constant('ada'), reason: text }), withdrawBead),
  attempt('pause', fc.constant('ada'), pauseConvoy),
  attempt('resume', fc.constant('ada'), resumeConvoy),
  attempt('lesson', fc.record({ bead: fc.option(bead), text }), learnLesson),
  attempt('conflict', fc.record({ bead, onto: head, commit: head, paths: fc.array(text) }), meetConflict),
  attempt(
    'refinery',
    fc.record({ session, why: fc.constantFrom('conflict', 'red', 'final'), bead: fc.option(bead) }),
    startRefinery,
  ),
  attempt(
    'refinery reports',
    fc.record({ session, verdict: fc.constantFrom('LANDED', 'ESCALATION'), report: text }),
    reportRefinery,
  ),
  attempt('escalate', fc.record({ session, report: text, bead, reason: text, output: text }), escalateBead),
  attempt(
    'verify',
    fc.record({ commit: head, beads: needs, command: fc.constant('make') }),
    startVerification,
  ),
  attempt('red', head, (state, to) => failVerification(state, verification([], to, 1))),
  attempt('pull request', head, (state, sha) =>
    recordPullRequest(state, { number: 20, url: 'http://x', head: 'gas-town/convoy-12', sha }),
  ),
];

const ofEnd: readonly fc.Arbitrary<Attempt>[] = [
  attempt('fail', text, failConvoy),
  attempt('cancel', text, (state, reason) => cancelConvoy(state, 'ada', reason)),
  attempt('landed', head, (state, to) => landConvoy(state, 'ada', to)),
];

/** Any decision on a convoy, with any arguments; those that end it are rare. */
export function anyDecision(): fc.Arbitrary<Attempt> {
  return fc.oneof(
    { weight: 200, arbitrary: fc.oneof(...ofBeads) },
    { weight: 30, arbitrary: fc.oneof(...ofConvoy) },
    { weight: 1, arbitrary: fc.oneof(...ofEnd) },
  );
}
