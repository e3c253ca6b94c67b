import type { Verification } from '../../../domain/convoy/events.ts';
import type { EventData } from '../../../domain/event-types.ts';
import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import type { Told } from './story-line.ts';
import { bad, good, plain, quiet, type Tellers } from './tellers.ts';

/** What happens from a closed bead to the pull request and its review. */
export const landingTellers = {
  MergeConflicted: ({ data }, named) =>
    bad(`${named(data.bead)} conflicts in ${onOneLine(data.paths.join(', '), 160)}`),
  RefineryStarted: ({ data }) => plain(why[data.why]),
  RefineryReported: ({ data }) => ({
    tone: data.verdict === 'LANDED' ? 'plain' : 'bad',
    text: `reports ${data.verdict}`,
    body: forTerminal(data.report),
  }),
  RefineAsked: ({ data }) => {
    const wish = data.guidance === '' ? '' : `: ${onOneLine(data.guidance, 300)}`;
    return plain(`looks over the whole again, as ${onOneLine(data.by, 40)} asked${wish}`);
  },
  VerificationNamed: ({ data }) =>
    plain(`verifies by ${onOneLine(data.command, 120)} from now on, as ${onOneLine(data.by, 40)} wishes`),
  VerificationStarted: ({ data }) =>
    data.command === null ? null : quiet(`verifies ${beads(data.beads)}: ${onOneLine(data.command, 120)}`),
  VerificationFailed: ({ data }) => ({ ...bad(verdict(data)), body: forTerminal(data.outputTail) }),
  IntegrationVerified: ({ data }) => (data.command === null ? null : good(verdict(data))),
  BeadLanded: ({ data }, named) => good(`landed ${named(data.bead)} as ${data.commit.slice(0, 9)}`),
  BeadReturned: ({ data }, named) => bad(`returned ${named(data.bead)}: ${onOneLine(data.reason, 200)}`),
  PullRequestOpened: ({ data }) =>
    good(`opened pull request #${data.number} from ${onOneLine(data.head, 80)}`),
  PullRequestUpdated: ({ data }) => good(`brought pull request #${data.number} to ${data.sha.slice(0, 9)}`),
  PullRequestMarked: ({ data }) => quiet(`marked pull request #${data.number} as ${shown[data.as]}`),
  OwnChecksListed: ({ data }) =>
    data.changes.length === 0
      ? null
      : plain(`shows what changes in the checks: ${onOneLine(pathsOf(data.changes), 200)}`),
  WorkflowsWithheld: ({ data }, named) =>
    plain(
      `left out of the branch, for people to apply: ${onOneLine(data.paths.join(', '), 160)} of ${named(data.bead)}`,
    ),
  CaughtUp: ({ data }) => caughtUp(data),
  ChecksFailed: ({ data }, named) => {
    const red = onOneLine(data.checks.map((check) => check.name).join(', '), 160);
    const next = data.bead === null ? 'and leaves them to people' : `and mends them in ${named(data.bead)}`;
    return bad(`sees red checks on the pull request: ${red}; ${next}`);
  },
  ReviewReceived: ({ data }) => plain(`got a review by ${onOneLine(data.by, 40)}: ${data.verdict}`),
  ReviewAnswered: () => plain('answered the review'),
  BranchesDeleted: () => quiet('deleted the branches of the ended convoy'),
} satisfies Tellers;

const shown = { ready: 'ready for review', draft: 'a draft', titled: 'a draft, by its title' } as const;

const pathsOf = (changes: readonly { readonly path: string }[]): string =>
  changes.map((change) => change.path).join(', ');

function caughtUp(data: EventData['CaughtUp']): Told {
  const what = `${data.commit.slice(0, 9)} of ${onOneLine(data.branch, 80)}`;
  if (data.how === 'taken') return plain(`took in ${what}`);
  return bad(
    `can't take in ${what}: ${data.how === 'conflict' ? 'it conflicts' : 'the verification is red with it'}`,
  );
}

const why = {
  conflict: 'resolves the conflict',
  red: 'looks at why the verification failed',
  final: 'looks at the whole',
} as const;

function verdict({ exitCode, timedOut, durationMs }: Verification): string {
  const took = `after ${(durationMs / 1000).toFixed(1)} s`;
  if (timedOut) return `verification ran out of time ${took}`;
  return exitCode === 0
    ? `verification passed ${took}`
    : `verification failed with exit status ${exitCode} ${took}`;
}

const beads = (numbers: readonly number[]): string =>
  numbers.length === 0 ? 'the base' : `bead ${numbers.join(', ')}`;
