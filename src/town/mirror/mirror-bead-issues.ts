import type { Bead } from '../../domain/bead/bead.ts';
import { beadIssueOf, beadSubject, effectOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Effect } from '../../domain/convoy/state.ts';
import { beadIssueBody, beadIssueTitle } from '../voice/bead-issue.ts';
import { carriesMarker, type MarkerSubject, marker } from '../voice/marker.ts';
import { ensureEffect } from './ensure-effect.ts';
import { lookFrom } from './look-from.ts';
import type { MirrorPass } from './mirror-convoy.ts';

const kind = 'bead-issue';

/** One issue for each bead, a sub-issue of the convoy's, whose body follows the bead. */
export async function mirrorBeadIssues(pass: MirrorPass): Promise<void> {
  if (pass.convoy().opened.kind === 'polecat') return;
  for (const number of pass.convoy().beads.keys()) {
    await createBeadIssue(pass, number);
    await linkToConvoy(pass, number);
    await followBead(pass, number);
  }
}

async function createBeadIssue(pass: MirrorPass, number: number): Promise<void> {
  const { town, stream, hub } = pass;
  await ensureEffect(town, stream, {
    kind,
    subject: beadSubject(number),
    detail: { bead: number },
    perform: async (effect) => {
      const bead = beadOf(pass, number);
      const body = bodyWith(pass, bead, effect);
      const issue = await hub.createIssue({ title: beadIssueTitle(bead), body, labels: ['bead'] });
      pass.written.stands(`issue ${issue.number}`, body);
      return { number: issue.number, id: issue.id };
    },
    find: async (effect) => {
      const issues = await hub.listIssuesSince(lookFrom(effect));
      const subject = subjectOf(pass, effect);
      const ours = issues.find((one) => one.ours && carriesMarker(town.markerKey, one.body, subject));
      return ours ? { number: ours.number, id: ours.id } : null;
    },
  });
}

async function linkToConvoy(pass: MirrorPass, number: number): Promise<void> {
  const issue = beadIssueOf(pass.convoy(), number);
  if (issue === null) return;
  const parent = pass.convoy().opened.issue;
  await ensureEffect(pass.town, pass.stream, {
    kind: 'needs-edge',
    subject: `${beadSubject(number)} of convoy`,
    detail: { parent, child: issue.number },
    perform: async () => {
      await pass.hub.addSubIssue(parent, issue.id);
      return { parent, child: issue.number };
    },
    find: async () => {
      const children = await pass.hub.listSubIssues(parent);
      return children.some((child) => child.id === issue.id) ? { parent, child: issue.number } : null;
    },
  });
}

async function followBead(pass: MirrorPass, number: number): Promise<void> {
  const effect = effectOf(pass.convoy(), kind, beadSubject(number));
  const issue = beadIssueOf(pass.convoy(), number);
  if (effect === null || issue === null) return;
  const body = bodyWith(pass, beadOf(pass, number), effect);
  await pass.written.unlessSame(`issue ${issue.number}`, body, () =>
    pass.hub.updateIssue(issue.number, { body }),
  );
}

function beadOf(pass: MirrorPass, number: number): Bead {
  const bead = pass.convoy().beads.get(number);
  if (bead === undefined) throw new Error(`${pass.stream} has no bead ${number}.`);
  return bead;
}

function subjectOf(pass: MirrorPass, effect: Effect): MarkerSubject {
  return { kind, effect: effect.id, repositoryId: pass.convoy().opened.repository.id, issue: 0 };
}

function bodyWith(pass: MirrorPass, bead: Bead, effect: Effect): string {
  return `${beadIssueBody(pass.convoy(), bead)}\n\n${marker(pass.town.markerKey, subjectOf(pass, effect))}`;
}
