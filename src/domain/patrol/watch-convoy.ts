import type { Bead, Lease } from '../bead/bead.ts';
import type { Convoy } from '../convoy/state.ts';
import { findOverspending } from './overspending.ts';
import type { PatrolLimits } from './patrol-limits.ts';
import type { Finding } from './patrol-state.ts';
import type { SessionHealth } from './session-health.ts';
import { findStarved } from './starved.ts';

/** A session as this process knows it. */
export interface WatchedSession {
  readonly health: SessionHealth;
  /** Since when this process works it (ms since 1970). Null: not now, or not here. */
  readonly workedSince: number | null;
}

export interface PatrolFacts {
  /** All times in ms since 1970. */
  readonly now: number;
  /** Since when anybody watches: what ran out before that had nobody to renew it. */
  readonly watchedSince: number;
  readonly sessions: ReadonlyMap<string, WatchedSession>;
}

/** A finding, and from when on it holds if nothing happens until then. */
export interface Prospect {
  readonly due: number;
  readonly finding: Finding;
}

/** What is to be done now, and when to look again if nothing happens. Null: only something that happens can be trouble. */
export interface Patrol {
  readonly findings: readonly Finding[];
  readonly lookAgainAt: number | null;
}

/** The Witness's rules over one convoy: a pure function of its state, its sessions' health and the time. */
export function watchConvoy(convoy: Convoy, facts: PatrolFacts, limits: PatrolLimits): Patrol {
  if (convoy.ended !== null) return { findings: [], lookAgainAt: null };
  const beads = [...convoy.beads.values()];
  const prospects = [
    ...beads.flatMap((bead) => (bead.lease ? ofHeld(convoy, bead, bead.lease, facts, limits) : [])),
    ...unledSessions(convoy).flatMap((session) => ofOther(convoy, session, facts, limits)),
    ...findStarved(convoy, beads, limits),
  ].filter(({ finding }) => finding.rule === 'stalled' || !isKnown(convoy, finding));
  const due = prospects.filter((one) => one.due <= facts.now).map(({ finding }) => finding);
  const later = prospects.filter((one) => one.due > facts.now).map((one) => one.due);
  return { findings: severest(due), lookAgainAt: later.length === 0 ? null : Math.min(...later) };
}

/** The sessions whose silence or loops the rules judge. */
export function watchedSessions(convoy: Convoy): readonly string[] {
  const held = [...convoy.beads.values()].flatMap((bead) => bead.lease?.session ?? []);
  return [...held, ...unledSessions(convoy)];
}

/** Sessions at work that hold no bead. */
function unledSessions(convoy: Convoy): readonly string[] {
  const mayor = convoy.mayor && convoy.mayor.reported === null ? [convoy.mayor.session] : [];
  const refinery = convoy.refinery.flatMap((one) => (one.verdict === null ? [one.session] : []));
  return [...mayor, ...refinery];
}

function ofHeld(
  convoy: Convoy,
  bead: Bead,
  lease: Lease,
  facts: PatrolFacts,
  limits: PatrolLimits,
): readonly Prospect[] {
  const about = { bead: bead.number, session: lease.session };
  const ranOut = Math.max(Date.parse(lease.until), facts.watchedSince) + limits.graceMs;
  const expired: Prospect = {
    due: ranOut,
    finding: { ...about, rule: 'orphaned', action: 'release', detail: 'nothing was heard of its runner' },
  };
  const watched = facts.sessions.get(lease.session);
  if (watched === undefined) return [expired];
  const { health } = watched;
  const heard = heardAt(watched, Date.parse(bead.since));
  const ended: Prospect = {
    due: heard + limits.graceMs,
    finding: { ...about, rule: 'orphaned', action: 'release', detail: 'its session has ended' },
  };
  if (health.ended) return [expired, ended];
  const overspent = findOverspending(convoy, bead, lease.session, health, limits).map((finding) => ({
    due: facts.now,
    finding,
  }));
  return [
    expired,
    ...overspent,
    ...looping(about, health, facts, limits),
    ...stalled(convoy, about, watched, heard, limits),
  ];
}

function ofOther(
  convoy: Convoy,
  session: string,
  facts: PatrolFacts,
  limits: PatrolLimits,
): readonly Prospect[] {
  const watched = facts.sessions.get(session);
  if (watched === undefined || watched.health.ended) return [];
  const about = { bead: null, session };
  const heard = heardAt(watched, Date.parse(convoy.openedAt));
  return [
    ...looping(about, watched.health, facts, limits),
    ...stalled(convoy, about, watched, heard, limits),
  ];
}

type About = Pick<Finding, 'bead' | 'session'>;

function looping(
  about: About,
  { repeats }: SessionHealth,
  { now }: PatrolFacts,
  { repeatsMax }: PatrolLimits,
): readonly Prospect[] {
  if (repeats < repeatsMax) return [];
  const detail = `its last ${repeats} turns only repeated earlier calls, with the same results`;
  return [{ due: now, finding: { ...about, rule: 'looping', action: 'nudge', detail } }];
}

/** Spoken to after a silence; given up, or told to people where no bead can be given back, after as much silence again. */
function stalled(
  convoy: Convoy,
  about: About,
  { health, workedSince }: WatchedSession,
  heard: number,
  { stallMs }: PatrolLimits,
): readonly Prospect[] {
  // What comes before its first word, a container that is made ready, has limits of its own.
  if (health.waits || health.heardAt === null || workedSince === null) return [];
  const own = convoy.patrol.findings.filter(
    (one) => one.rule === 'stalled' && one.session === about.session && Date.parse(one.at) >= heard,
  );
  const nudge = own.find((one) => one.action === 'nudge');
  const minutes = Math.round(stallMs / 60_000);
  if (nudge === undefined) {
    const detail = `nothing was heard of it for ${minutes} minutes`;
    return [{ due: heard + stallMs, finding: { ...about, rule: 'stalled', action: 'nudge', detail } }];
  }
  if (own.some((one) => one.action !== 'nudge')) return [];
  const action = about.bead === null ? 'escalate' : 'release';
  const detail = `nothing was heard of it for ${minutes} minutes more after it was spoken to`;
  return [{ due: Date.parse(nudge.at) + stallMs, finding: { ...about, rule: 'stalled', action, detail } }];
}

function heardAt({ health, workedSince }: WatchedSession, begun: number): number {
  return Math.max(begun, workedSince ?? 0, health.heardAt === null ? 0 : Date.parse(health.heardAt));
}

function isKnown(convoy: Convoy, { rule, action, bead, session }: Finding): boolean {
  return convoy.patrol.findings.some(
    (one) => one.rule === rule && one.action === action && one.bead === bead && one.session === session,
  );
}

/** One for each bead or session: who is given up need not be spoken to first. */
function severest(findings: readonly Finding[]): readonly Finding[] {
  const order = ['quarantine', 'release', 'escalate', 'nudge'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
  const seen = new Set<string>();
  return sorted.filter(({ bead, session }) => {
    const subject = `${bead} ${session}`;
    return !seen.has(subject) && seen.add(subject);
  });
}
