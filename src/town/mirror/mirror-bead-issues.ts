import type { Bead } from '../../domain/bead/bead.ts';
import { isSettled } from '../../domain/bead/derive.ts';
import { textHands } from '../../domain/convoy/known-issues.ts';
import { beadIssueOf, beadSubject, effectOf } from '../../domain/convoy/mirror-receipts.ts';
import { awaitsApproval } from '../../domain/convoy/plan-gate.ts';
import type { Convoy, Effect } from '../../domain/convoy/state.ts';
import { beadIssueBody, beadIssueTitle } from '../voice/bead-issue.ts';
import { type MarkerSubject, marker } from '../voice/marker.ts';
import { ensureEffect, intendAhead } from './ensure-effect.ts';
import { findOwn } from './find-own.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

const kind = 'bead-issue' as const;

/** One issue for each bead, a sub-issue of the convoy's, whose body follows the bead. */
export async function mirrorBeadIssues(pass: MirrorPass): Promise<void> {
  if (pass.convoy().opened.kind === 'polecat') return;
  await pass.attempt(() => intendLacking(pass));
  for (const bead of shownBeads(pass)) {
    await pass.attempt(async () => {
      await createBeadIssue(pass, bead.number);
      await linkToConvoy(pass, bead.number);
      await followBead(pass, bead.number);
    });
  }
}

/** A plan that waits for approval is shown as one comment: its beads may never come to be. */
const shownBeads = (pass: MirrorPass): readonly Bead[] =>
  [...pass.convoy().beads.values()].filter((bead) => !awaitsApproval(pass.convoy(), bead));

async function intendLacking(pass: MirrorPass): Promise<void> {
  const lacking = shownBeads(pass).filter(
    ({ number }) => effectOf(pass.convoy(), kind, beadSubject(number)) === null,
  );
  const wanted = lacking.map(({ number: bead }) => ({ kind, subject: beadSubject(bead), detail: { bead } }));
  for (const id of await intendAhead(pass.town, pass.stream, wanted)) pass.written.untried.add(id);
}

async function createBeadIssue(pass: MirrorPass, number: number): Promise<void> {
  const { town, stream, hub } = pass;
  await ensureEffect(town, stream, {
    kind,
    subject: beadSubject(number),
    detail: { bead: number },
    untried: pass.written.untried,
    perform: async (effect) => {
      const { title, body, key } = shownOfBead(pass, beadOf(pass, number), effect);
      const parent = pass.convoy().opened.issue;
      const issue = await hub.createIssue({ title, body: body(), labels: ['bead'], parent });
      pass.written.stands(beadIssuePlace(issue.number), key);
      return { number: issue.number, id: issue.id, linked: issue.linked };
    },
    find: async (effect) => {
      const issues = await hub.listIssuesSince(lookFrom(effect));
      const ours = findOwn(town, issues, beadIssueSubject(pass.convoy(), effect));
      return ours ? { number: ours.number, id: ours.id } : null;
    },
  });
}

async function linkToConvoy(pass: MirrorPass, number: number): Promise<void> {
  const issue = beadIssueOf(pass.convoy(), number);
  if (issue === null || issue.linked) return;
  const parent = pass.convoy().opened.issue;
  const link = { parent, child: issue.number };
  const find = async (): Promise<typeof link | null> => {
    const children = await pass.hub.listSubIssues(parent);
    return children.some((child) => child.id === issue.id) ? link : null;
  };
  await ensureEffect(pass.town, pass.stream, {
    kind: 'needs-edge',
    subject: `${beadSubject(number)} of convoy`,
    detail: link,
    perform: async () => {
      // Where the answer to its making was lost, it may have been linked in the same call.
      if ((await find()) === null) await pass.hub.addSubIssue(parent, issue.id);
      return link;
    },
    find,
  });
}

async function followBead(pass: MirrorPass, number: number): Promise<void> {
  const effect = effectOf(pass.convoy(), kind, beadSubject(number));
  const issue = beadIssueOf(pass.convoy(), number);
  if (effect === null || issue === null) return;
  const { title, body, key } = shownOfBead(pass, beadOf(pass, number), effect);
  await pass.written.unlessSame(beadIssuePlace(issue.number), key, () =>
    pass.hub.updateIssue(issue.number, { title, body: body() }),
  );
}

export const beadIssuePlace = (issue: number): string => `issue ${issue}`;

interface Shown {
  readonly title: string;
  /** Made when it is asked for. */
  readonly body: () => string;
  /** What must change before it is written again. */
  readonly key: string;
}

/** What a bead's issue is to say. */
export function shownOfBead(pass: Pick<MirrorPass, 'convoy' | 'town'>, bead: Bead, effect: Effect): Shown {
  let made: string | null = null;
  const body = (): string => {
    made ??= `${beadIssueBody(pass.convoy(), bead)}\n\n${marker(pass.town.markerKey, beadIssueSubject(pass.convoy(), effect))}`;
    return made;
  };
  return { title: beadIssueTitle(bead), body, key: shownKey(pass, bead, body) };
}

/**
 * What must change before the issue is written again. While the bead is on its way, only what it asks for and what people
 * changed there by hand: the status comment tells the way, and GitHub's patience is short. Once it rests, every word: only
 * then is the body worth making at each pass.
 */
function shownKey(pass: Pick<MirrorPass, 'convoy'>, bead: Bead, body: () => string): string {
  const hands = textHands(pass.convoy(), bead.number);
  const { title, description, acceptance, notes, failures } = bead;
  const asked = [hands, title, description, acceptance, notes.length, failures.length];
  const rests = isSettled(bead) || bead.status === 'blocked' || bead.held !== null;
  return JSON.stringify(rests ? [...asked, body()] : asked);
}

function beadOf(pass: MirrorPass, number: number): Bead {
  const bead = pass.convoy().beads.get(number);
  if (bead === undefined) throw new Error(`${pass.stream} has no bead ${number}.`);
  return bead;
}

export function beadIssueSubject({ opened }: Convoy, effect: Effect): MarkerSubject {
  return { kind, effect: effect.id, repositoryId: opened.repository.id, issue: 0 };
}
