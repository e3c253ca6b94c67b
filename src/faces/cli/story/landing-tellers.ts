import type { Verification } from '../../../domain/convoy/events.ts';
import { forTerminal, onOneLine } from '../view/for-terminal.ts';
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
  VerificationStarted: ({ data }) =>
    data.command === null ? null : quiet(`verifies ${beads(data.beads)}: ${onOneLine(data.command, 120)}`),
  VerificationFailed: ({ data }) => ({ ...bad(verdict(data)), body: forTerminal(data.outputTail) }),
  IntegrationVerified: ({ data }) => (data.command === null ? null : good(verdict(data))),
  BeadLanded: ({ data }, named) => good(`landed ${named(data.bead)} as ${data.commit.slice(0, 9)}`),
  BeadReturned: ({ data }, named) => bad(`returned ${named(data.bead)}: ${onOneLine(data.reason, 200)}`),
  PullRequestOpened: ({ data }) =>
    good(`opened pull request #${data.number} from ${onOneLine(data.head, 80)}`),
  PullRequestUpdated: ({ data }) => good(`brought pull request #${data.number} to ${data.sha.slice(0, 9)}`),
  ReviewReceived: ({ data }) => plain(`got a review by ${onOneLine(data.by, 40)}: ${data.verdict}`),
  ReviewAnswered: () => plain('answered the review'),
} satisfies Tellers;

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
