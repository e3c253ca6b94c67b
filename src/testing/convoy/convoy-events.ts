import type { ConvoySettings } from '../../domain/convoy/settings.ts';
import type { NewEventOf } from '../../domain/event.ts';

/** A commit's id made of one hex digit. */
export const commit = (digit: string): string => digit.repeat(40);

/** The n-th session of a test. */
export const sessionId = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** The head that every convoy of these events starts from. */
export const base = commit('a');

export const settings: ConvoySettings = {
  image: 'rig',
  limits: { memoryBytes: 2 ** 29, cpus: 2, processes: 256 },
  network: 'none',
  polecats: 2,
  setup: [],
  verify: 'make test',
  verifyTimeoutMs: 60_000,
  attempts: 3,
  budgetUsd: null,
};

export function opened(change: Partial<NewEventOf<'ConvoyOpened'>['data']> = {}): NewEventOf<'ConvoyOpened'> {
  return {
    type: 'ConvoyOpened',
    data: {
      repository: { id: 7, owner: 'ada', name: 'thing' },
      issue: 12,
      kind: 'convoy',
      title: 'Build a thing',
      body: 'It shall be good.',
      textHash: 'f'.repeat(64),
      labelledBy: 'ada',
      base: { branch: 'main', commit: base },
      settings,
      ...change,
    },
  };
}

export function created(bead: number, needs: number[] = []): NewEventOf<'BeadCreated'> {
  return {
    type: 'BeadCreated',
    data: { bead, title: `Part ${bead}`, description: `Do ${bead}.`, acceptance: `${bead} works.`, needs },
  };
}

export function slung(bead: number): NewEventOf<'BeadSlung'> {
  return { type: 'BeadSlung', data: { bead, topic: `part ${bead}` } };
}

/** A lease of a bead; the session is the one that is numbered `bead * 100 + attempt`. */
export function leased(bead: number, attempt = 1, from = base): NewEventOf<'LeaseGranted'> {
  const session = holder(bead, attempt);
  return {
    type: 'LeaseGranted',
    data: { bead, attempt, session, runner: 'here', until: '2030-01-01T01:00:00.000Z', from },
  };
}

/** The session that holds a bead in its n-th attempt. */
export const holder = (bead: number, attempt = 1): string => sessionId(bead * 100 + attempt);

export function closed(bead: number, attempt = 1): NewEventOf<'BeadClosed'> {
  const outcome = { kind: 'change', commit: commit('b'), base, files: 2 } as const;
  return { type: 'BeadClosed', data: { bead, attempt, session: holder(bead, attempt), outcome } };
}

export function closedWithoutChange(bead: number, attempt = 1): NewEventOf<'BeadClosed'> {
  const outcome = { kind: 'no-changes', reason: 'It is there already.' } as const;
  return { type: 'BeadClosed', data: { bead, attempt, session: holder(bead, attempt), outcome } };
}

export function released(bead: number, attempt = 1): NewEventOf<'BeadReleased'> {
  return { type: 'BeadReleased', data: { bead, attempt, reason: 'it stopped', summary: 'Half done.' } };
}

export function returned(bead: number, attempt = 1): NewEventOf<'BeadReturned'> {
  return { type: 'BeadReturned', data: { bead, attempt, reason: 'red', output: '1 failed' } };
}

export function quarantined(bead: number): NewEventOf<'BeadQuarantined'> {
  return { type: 'BeadQuarantined', data: { bead, reason: '3 attempts came to nothing' } };
}

export function landed(bead: number, as = commit('c')): NewEventOf<'BeadLanded'> {
  return { type: 'BeadLanded', data: { bead, commit: as } };
}

export function verified(beads: number[], head = commit('c')): NewEventOf<'IntegrationVerified'> {
  return { type: 'IntegrationVerified', data: verification(beads, head, 0) };
}

export function verificationFailed(beads: number[], head = commit('d')): NewEventOf<'VerificationFailed'> {
  return { type: 'VerificationFailed', data: verification(beads, head, 1) };
}

/** A run of the verification command as the engine reports it. */
export function verification(
  beads: number[],
  head: string,
  exitCode: number,
): NewEventOf<'IntegrationVerified'>['data'] {
  return {
    commit: head,
    beads,
    command: 'make test',
    exitCode,
    timedOut: false,
    durationMs: 1500,
    outputTail: 'ok',
    outputHash: null,
  };
}

export function mayorStarted(n = 1): NewEventOf<'MayorStarted'> {
  return { type: 'MayorStarted', data: { session: sessionId(n) } };
}

export function mayorReported(n = 1, report = 'All is ordered.'): NewEventOf<'MayorReported'> {
  return { type: 'MayorReported', data: { session: sessionId(n), finished: true, report } };
}

export function finalPassDone(
  n = 9,
): readonly [NewEventOf<'RefineryStarted'>, NewEventOf<'RefineryReported'>] {
  return [
    { type: 'RefineryStarted', data: { session: sessionId(n), why: 'final', bead: null } },
    { type: 'RefineryReported', data: { session: sessionId(n), verdict: 'LANDED', report: 'It fits.' } },
  ];
}

export function pullRequestOpened(sha = commit('c')): NewEventOf<'PullRequestOpened'> {
  const url = 'http://127.0.0.1:1/ada/thing/pull/20';
  return { type: 'PullRequestOpened', data: { number: 20, url, head: 'gas-town/convoy-12', sha } };
}

/** From the order of a bead to its closing with a change. */
export function worked(
  bead: number,
  attempt = 1,
  from = base,
): readonly [NewEventOf<'LeaseGranted'>, NewEventOf<'BeadClosed'>] {
  return [leased(bead, attempt, from), closed(bead, attempt)];
}
