import type { Verification } from '../../../domain/convoy/events.ts';
import type { RecordedEvent } from '../../../domain/event.ts';
import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import type { BeadTitles } from './bead-titles.ts';
import type { Told } from './story-line.ts';

/** What happened to a convoy and its beads; nothing for what only the town's own bookkeeping needs. */
export function tellConvoy(event: RecordedEvent, titles: BeadTitles): readonly Told[] {
  const named = (bead: number): string => {
    const title = onOneLine(titles.of(event.stream, bead), 80);
    return title === '' ? `bead ${bead}` : `bead ${bead} (${title})`;
  };
  const told = tellOrder(event) ?? tellBead(event, named) ?? tellLanding(event, named) ?? tellRest(event);
  return told ? [told] : [];
}

type Named = (bead: number) => string;

function tellOrder(event: RecordedEvent): Told | null {
  switch (event.type) {
    case 'ConvoyOpened':
      return plain(`opened convoy #${event.data.issue}: ${onOneLine(event.data.title, 200)}`);
    case 'MayorReported':
      // What it reports is its last reply, which was told already.
      return event.data.finished
        ? plain('has given all its orders')
        : { ...bad('stopped before its orders were complete'), body: forTerminal(event.data.report) };
    case 'ConvoyPaused':
      return plain('paused the convoy');
    case 'ConvoyResumed':
      return plain('resumed the convoy');
    case 'ConvoyCancelled':
      return bad(`cancelled the convoy: ${onOneLine(event.data.reason, 200)}`);
    case 'ConvoyFailed':
      return bad(`gave the convoy up: ${onOneLine(event.data.reason, 400)}`);
    case 'ConvoyLanded':
      return good(`merged the pull request as ${event.data.mergeCommit.slice(0, 9)}`);
    default:
      return null;
  }
}

function tellBead(event: RecordedEvent, named: Named): Told | null {
  switch (event.type) {
    case 'BeadCreated': {
      const needs = event.data.needs.length > 0 ? `, needs ${event.data.needs.join(', ')}` : '';
      return plain(`created bead ${event.data.bead}: ${onOneLine(event.data.title, 120)}${needs}`);
    }
    case 'BeadSlung':
      return quiet(`slung bead ${event.data.bead} to polecat ${onOneLine(event.data.topic, 60)}`);
    case 'LeaseGranted':
      return plain(
        `started ${named(event.data.bead)}${event.data.attempt > 1 ? `, attempt ${event.data.attempt}` : ''}`,
      );
    case 'BeadNoted':
      return quiet(`noted on bead ${event.data.bead}: ${onOneLine(event.data.note, 200)}`);
    case 'BeadClosed':
      return event.data.outcome.kind === 'change'
        ? plain(`closed ${named(event.data.bead)} with ${count(event.data.outcome.files, 'file')} changed`)
        : plain(
            `closed ${named(event.data.bead)} without a change: ${onOneLine(event.data.outcome.reason, 160)}`,
          );
    case 'BeadReleased':
      return bad(`released ${named(event.data.bead)}: ${onOneLine(event.data.reason, 200)}`);
    case 'LeaseExpired':
      return bad(`nothing was heard of ${named(event.data.bead)}: its lease ran out`);
    case 'BeadBlocked':
    case 'BeadQuarantined':
      return bad(
        `${event.type === 'BeadBlocked' ? 'blocked' : 'quarantined'} ${named(event.data.bead)}: ${onOneLine(event.data.reason, 200)}`,
      );
    case 'BeadUnblocked':
      return plain(`unblocked ${named(event.data.bead)}`);
    case 'BeadReopened':
      return plain(
        `reopened bead ${event.data.bead} as bead ${event.data.as}: ${onOneLine(event.data.reason, 160)}`,
      );
    default:
      return null;
  }
}

function tellLanding(event: RecordedEvent, named: Named): Told | null {
  switch (event.type) {
    case 'MergeConflicted':
      return bad(`${named(event.data.bead)} conflicts in ${onOneLine(event.data.paths.join(', '), 160)}`);
    case 'RefineryStarted':
      return plain(why[event.data.why]);
    case 'RefineryReported':
      return {
        tone: event.data.verdict === 'LANDED' ? 'plain' : 'bad',
        text: `reports ${event.data.verdict}`,
        body: forTerminal(event.data.report),
      };
    case 'VerificationStarted':
      return event.data.command === null
        ? null
        : quiet(`verifies ${beads(event.data.beads)}: ${onOneLine(event.data.command, 120)}`);
    case 'VerificationFailed':
      return { ...bad(verdict(event.data)), body: forTerminal(event.data.outputTail) };
    case 'IntegrationVerified':
      return event.data.command === null ? null : good(verdict(event.data));
    case 'BeadLanded':
      return good(`landed ${named(event.data.bead)} as ${event.data.commit.slice(0, 9)}`);
    case 'BeadReturned':
      return bad(`returned ${named(event.data.bead)}: ${onOneLine(event.data.reason, 200)}`);
    case 'PullRequestOpened':
      return good(`opened pull request #${event.data.number} from ${onOneLine(event.data.head, 80)}`);
    default:
      return null;
  }
}

function tellRest(event: RecordedEvent): Told | null {
  switch (event.type) {
    case 'EffectFailed':
      return event.data.final
        ? bad(
            `could not do ${event.data.kind} for ${onOneLine(event.data.subject, 60)}: ${onOneLine(event.data.reason, 200)}`,
          )
        : null;
    case 'BudgetExhausted':
      return bad(
        `the budget is spent: $${event.data.spentUsd.toFixed(2)} of $${event.data.capUsd.toFixed(2)}`,
      );
    case 'ReviewReceived':
      return plain(`got a review by ${onOneLine(event.data.by, 40)}: ${event.data.verdict}`);
    case 'HandMoved':
      return plain(
        `saw that ${onOneLine(event.data.by, 40)} changed ${onOneLine(event.data.what, 80)} by hand`,
      );
    default:
      return null;
  }
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

const plain = (text: string): Told => ({ tone: 'plain', text });
const quiet = (text: string): Told => ({ tone: 'quiet', text });
const good = (text: string): Told => ({ tone: 'good', text });
const bad = (text: string): Told => ({ tone: 'bad', text });
const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
const beads = (numbers: readonly number[]): string =>
  numbers.length === 0 ? 'the base' : `bead ${numbers.join(', ')}`;
