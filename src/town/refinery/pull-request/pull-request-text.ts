import type { Bead } from '../../../domain/bead/bead.ts';
import { isHeld } from '../../../domain/bead/derive.ts';
import type { Verification } from '../../../domain/convoy/events.ts';
import { issueNumberOf } from '../../../domain/convoy/mirror-receipts.ts';
import { lessonsAwaitApproval } from '../../../domain/convoy/pull-request-due.ts';
import type { Convoy, Spent } from '../../../domain/convoy/state.ts';
import { lessonLine } from '../../../domain/lessons/lesson-lines.ts';
import {
  fenceUntrusted,
  inlineUntrusted,
  quoteUntrusted,
  titleUntrusted,
} from '../../../domain/text/quote-untrusted.ts';
import type { WorkflowPatch } from '../withhold-workflows.ts';

/** GitHub cuts a pull request's title at 256 characters and refuses a body over 65,536. */
const titleLengthMax = 200;
const bodyLengthMax = 65_000;
const askedLengthMax = 4000;
const outputLengthMax = 12_000;
const evidenceLengthMax = 160;

/** Title and body of a convoy's pull request, made from the ledger alone. A model's words are quoted, never spoken. */
export function pullRequestText(
  convoy: Convoy,
  patches: readonly WorkflowPatch[],
): { title: string; body: string } {
  const parts = [
    asked(convoy),
    changedChecks(convoy),
    redChecks(convoy),
    beadTable(convoy),
    leftOut(convoy),
    verification(convoy),
    workflows(patches),
    resolutions(convoy),
    lessonsSection(convoy),
    closes(convoy),
  ];
  const body = parts.filter((part) => part !== '').join('\n\n');
  return {
    title: titleUntrusted(convoy.opened.title, titleLengthMax),
    body: body.length > bodyLengthMax ? shortened(convoy) : body,
  };
}

/** The title where a person's word is awaited and the plan has no drafts. */
export const draftTitle = (title: string): string => `[Draft, waits for /approve] ${title}`;

/** Where the whole would be refused: what nobody can do without. */
function shortened(convoy: Convoy): string {
  const note = 'The table of beads is too long for a pull request; the convoy issue has it.';
  return [note, verification(convoy).slice(0, bodyLengthMax / 2), closes(convoy)].join('\n\n');
}

function asked({ opened }: Convoy): string {
  const text = `${opened.title}\n\n${opened.body}`.trim();
  return `Made by Gas Town for #${opened.issue}, as ordered by ${inlineUntrusted(opened.labelledBy, 60)}:\n\n${quoteUntrusted(text, askedLengthMax)}`;
}

const landed = (convoy: Convoy): readonly Bead[] =>
  [...convoy.beads.values()].filter((bead) => bead.landedAs !== null);

function beadTable(convoy: Convoy): string {
  const rows = landed(convoy).map((bead) => {
    const issue = issueNumberOf(convoy, bead.number);
    // A commit whose workflows were left out is not in the branch, and would lead nowhere.
    const isPushed = !convoy.withheld.some((one) => one.bead === bead.number);
    const work = bead.outcome?.kind === 'change' && isPushed ? bead.outcome.commit : '';
    const commits = [work, bead.landedAs ?? ''].filter((oid) => oid !== '').join(' → ');
    const evidence = inlineUntrusted(bead.notes.at(-1)?.text ?? '', evidenceLengthMax);
    const name = `${bead.number}${issue === null ? '' : ` (#${issue})`}`;
    const cost = costOf(convoy.spentByBead.get(bead.number));
    return `| ${name} | ${inlineUntrusted(bead.title, 120)} | ${commits} | ${evidence} | ${cost} |`;
  });
  const head = ['| Bead | What | Work → merge | Evidence | Cost |', '|---|---|---|---|---:|'];
  return ['### Beads', '', ...head, ...rows, '', `In all: ${costOf(convoy.spent)}.`].join('\n');
}

function costOf(spent: Spent | undefined): string {
  if (spent === undefined) return '';
  const tokens = `${(spent.inputTokens + spent.outputTokens).toLocaleString('en-US')} tokens`;
  return spent.usd > 0 ? `${tokens}, $${spent.usd.toFixed(2)}` : tokens;
}

function verification({ verified, flaky, opened, namedCommand }: Convoy): string {
  if (verified === null) return '';
  if (verified.command === null) {
    return '### Verification\n\nNo verification command is known for this repository, so **nothing was shown** about this branch.';
  }
  const what = `\`${inlineUntrusted(verified.command, 300)}\` ${endOf(verified)} on \`${verified.commit}\`, in a container ${opened.settings.network === 'none' ? 'without' : 'with'} network, in ${(verified.durationMs / 1000).toFixed(1)} s.`;
  const twice = flaky ? '\n\n**Flaky**: it was red at first, and green when it was run again.' : '';
  const named =
    opened.settings.verify === null && namedCommand !== null
      ? "\n\nThe repository names no command of its own: this one is the plan's."
      : '';
  const output = fenceUntrusted(verified.outputTail.trimEnd(), outputLengthMax);
  return `### Verification\n\n${what}${named}${twice}\n\n<details><summary>Output</summary>\n\n${output}\n\n</details>`;
}

const endOf = ({ exitCode, timedOut }: Verification): string =>
  exitCode === 0 && !timedOut ? '**passed**' : '**did not pass**';

const checksShown = 40;
const patchLengthMax = 8000;

/** People must know when what judged a change was changed by it. */
function changedChecks({ ownChecks, approved }: Convoy): string {
  if (ownChecks === null || ownChecks.hash === null) return '';
  const { changes, hash } = ownChecks;
  const rows = changes
    .slice(0, checksShown)
    .map(({ path, what }) => `- \`${inlineUntrusted(path, 200)}\` ${inlineUntrusted(what, 120)}`);
  const more = changes.length > checksShown ? [`- … and ${changes.length - checksShown} more`] : [];
  const word = approved.has(hash)
    ? 'Someone with write permission has approved exactly this.'
    : `It stays a draft until someone with write permission comments \`/approve ${hash}\`.`;
  const head = [
    '### Changed its own checks',
    '',
    `This branch changes what it was verified by. Look here first. ${word}`,
    '',
  ];
  return [...head, ...rows, ...more].join('\n');
}

/** The repository's own checks, where the town has done what it could about them. */
function redChecks({ failedChecks, pullRequest }: Convoy): string {
  const last = failedChecks.at(-1);
  if (last === undefined || last.bead !== null || last.commit !== pullRequest?.sha) return '';
  const names = last.checks.map(({ name }) => `- ${inlineUntrusted(name, 200)}`);
  const text = 'The town has tried to mend them and could not; it leaves them to people now:';
  return ["### The repository's own checks are red", '', text, '', ...names].join('\n');
}

/** GitHub lets no App without that very permission push a workflow, and the town doesn't ask for it. */
function workflows(patches: readonly WorkflowPatch[]): string {
  if (patches.length === 0) return '';
  const text =
    'Changes under `.github/workflows/` are not in this branch: the town never pushes them. Read them, and apply what you want with `git apply`.';
  const parts = patches.map(({ bead, text: patch, truncated }) => {
    const cut = truncated ? ' (cut: it is too long to be shown)' : '';
    return `Bead ${bead}${cut}:\n\n${fenceUntrusted(patch.trimEnd(), patchLengthMax, 'diff')}`;
  });
  return ['### Changes to workflows, for you to apply', text, ...parts].join('\n\n');
}

/** What the Refinery's agent decided: conflicts that it resolved, and its final pass. */
function resolutions(convoy: Convoy): string {
  const words = convoy.refinery
    .filter((one) => one.verdict !== null && (one.why === 'final' || one.verdict === 'LANDED'))
    .map((one) => {
      const what = one.why === 'final' ? 'Final pass' : `${workOf(one.why)} bead ${one.bead}`;
      const verdict = one.verdict === 'LANDED' ? '' : ' (not landed: the branch is as it was)';
      return `**${what}**${verdict}\n${quoteUntrusted(one.report, 1500)}`;
    });
  return words.length === 0 ? '' : ['### The Refinery', ...words].join('\n\n');
}

const workOf = (why: 'conflict' | 'red'): string =>
  why === 'conflict' ? 'Resolved a conflict of' : 'Mended what was red with';

/** What the branch tells later agents, in a section of its own: it is an instruction to them, and a person should read it as one. */
function lessonsSection(convoy: Convoy): string {
  const { lessonsWritten, opened } = convoy;
  const lessons = lessonsWritten.flatMap((one) => one.lessons);
  if (lessons.length === 0) return '';
  const lines = lessons.map((one) => `- ${inlineUntrusted(lessonLine(one, opened.issue).slice(2), 400)}`);
  const head = 'The last commit writes these lines into `AGENTS.md`, which every later agent reads:';
  return ['### Lessons for later agents', '', head, '', ...lines, ...lessonsWait(convoy)].join('\n');
}

function lessonsWait(convoy: Convoy): readonly string[] {
  if (!lessonsAwaitApproval(convoy)) return [];
  const unread = convoy.lessonsWritten.filter(({ hash }) => !convoy.approved.has(hash));
  const words = unread.map(({ hash }) => `\`/approve ${hash}\``).join(' and ');
  return [
    '',
    `With \`merge: auto\` nothing else asks a person to read them: it stays a draft until someone with write permission comments ${words}.`,
  ];
}

function leftOut(convoy: Convoy): string {
  const rows = [...convoy.beads.values()]
    .filter((bead) => bead.landedAs === null)
    .map(
      (bead) =>
        `- Bead ${bead.number}, ${inlineUntrusted(bead.title, 120)}: ${whyNot(convoy.approved, bead)}`,
    );
  return rows.length === 0 ? '' : ['### Not in here', '', ...rows].join('\n');
}

function whyNot(approved: ReadonlySet<string>, bead: Bead): string {
  if (bead.outcome?.kind === 'no-changes')
    return `closed without a change (${inlineUntrusted(bead.outcome.reason, 200)})`;
  if (isHeld(approved, bead) && bead.held) {
    return `waits for \`/approve ${bead.held.hash}\`, because it changes ${inlineUntrusted(bead.held.paths.join(', '), 300)}`;
  }
  const last = bead.failures.at(-1);
  if (last) {
    const times = bead.failures.length === 1 ? 'once' : `${bead.failures.length} times`;
    return `came to nothing ${times}; the last time it was ${last.how}: ${inlineUntrusted(last.reason, 200)}`;
  }
  return bead.blockedBecause === null ? 'not worked' : inlineUntrusted(bead.blockedBecause, 200);
}

/** The convoy and every landed bead with an issue of its own; a bead that brought nothing is closed by the town. */
function closes(convoy: Convoy): string {
  const issues = landed(convoy).flatMap((bead) => issueNumberOf(convoy, bead.number) ?? []);
  const all = new Set([convoy.opened.issue, ...issues]);
  return [...all].map((issue) => `Closes #${issue}`).join('\n');
}
