import { onOneLine } from '../view/for-terminal.ts';
import { bad, count, plain, quiet, type Tellers } from './tellers.ts';

/** What happens to a bead until it is closed. */
export const beadTellers = {
  BeadCreated: ({ data }) => {
    const needs = data.needs.length > 0 ? `, needs ${data.needs.join(', ')}` : '';
    return plain(`created bead ${data.bead}: ${onOneLine(data.title, 120)}${needs}`);
  },
  BeadEdited: ({ data }, named) => plain(`edited ${named(data.bead)}`),
  BeadNeedsChanged: ({ data }, named) =>
    plain(`${named(data.bead)} now needs ${data.needs.length > 0 ? data.needs.join(', ') : 'nothing'}`),
  BeadSlung: ({ data }) => quiet(`slung bead ${data.bead} to polecat ${onOneLine(data.topic, 60)}`),
  LeaseGranted: ({ data }, named) =>
    plain(`started ${named(data.bead)}${data.attempt > 1 ? `, attempt ${data.attempt}` : ''}`),
  RunStarted: ({ data }, named) => quiet(`run ${data.run} works on ${named(data.bead)}`),
  RunEnded: ({ data }, named) =>
    quiet(`run ${data.run} of ${named(data.bead)} is over: ${onOneLine(data.how, 40)}`),
  LeaseExpired: ({ data }, named) => bad(`nothing was heard of ${named(data.bead)}: its lease ran out`),
  BeadNoted: ({ data }) => quiet(`noted on bead ${data.bead}: ${onOneLine(data.note, 200)}`),
  BeadClosed: ({ data: { bead, outcome } }, named) =>
    outcome.kind === 'change'
      ? plain(`closed ${named(bead)} with ${count(outcome.files, 'file')} changed`)
      : plain(`closed ${named(bead)} without a change: ${onOneLine(outcome.reason, 160)}`),
  BeadReleased: ({ data }, named) => bad(`released ${named(data.bead)}: ${onOneLine(data.reason, 200)}`),
  BeadBlocked: ({ data }, named) => bad(`blocked ${named(data.bead)}: ${onOneLine(data.reason, 200)}`),
  BeadQuarantined: ({ data }, named) =>
    bad(`quarantined ${named(data.bead)}: ${onOneLine(data.reason, 200)}`),
  BeadUnblocked: ({ data }, named) => plain(`unblocked ${named(data.bead)}`),
  BeadReopened: ({ data }) =>
    plain(`reopened bead ${data.bead} as bead ${data.as}: ${onOneLine(data.reason, 160)}`),
  BeadHeld: ({ data }, named) =>
    bad(
      `holds ${named(data.bead)} until a person approves its change of ${onOneLine(data.paths.join(', '), 200)}`,
    ),
  ChangeApproved: ({ data }) => plain(`takes the held change, as ${onOneLine(data.by, 40)} approved it`),
  LessonLearned: ({ data }) => quiet(`remembers: ${onOneLine(data.text, 200)}`),
  LessonsWritten: ({ data }) => plain(`wrote ${count(data.lessons.length, 'lesson')} into AGENTS.md`),
} satisfies Tellers;
