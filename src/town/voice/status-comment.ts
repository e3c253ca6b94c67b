import type { Bead } from '../../domain/bead/bead.ts';
import { standingOf } from '../../domain/bead/transitions.ts';
import { branchesGoAt } from '../../domain/convoy/decisions/after-end.ts';
import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import { pullRequestAwaitsApproval } from '../../domain/convoy/pull-request-due.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { inlineUntrusted, quoteUntrusted } from '../../domain/text/quote-untrusted.ts';
import { heldChange } from './bead-issue.ts';
import { beadIcon, beadStanding } from './bead-line.ts';
import { firstThatFits } from './first-that-fits.ts';

const beads = (convoy: Convoy): readonly Bead[] => [...convoy.beads.values()];

const heldLengthMax = 10_000;

/** What is shown of a convoy; the next is taken where GitHub would refuse the comment. */
const sizes = [
  { title: 90, graph: true, report: 4000 },
  { title: 90, graph: false, report: 4000 },
  { title: 30, graph: false, report: 1000 },
] as const;

/** The one comment that tells a convoy's story; edited in place, so it notifies nobody. */
export function statusComment(convoy: Convoy): string {
  return firstThatFits(sizes.map((size) => () => commentOf(convoy, size)));
}

function commentOf(convoy: Convoy, size: (typeof sizes)[number]): string {
  return [
    headline(convoy),
    table(convoy, size.title),
    size.graph ? graph(convoy) : '',
    heldOrder(convoy),
    integration(convoy),
    mayorsWords(convoy, size.report),
    edited(convoy),
    footer(convoy),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline(convoy: Convoy): string {
  const all = beads(convoy);
  const landed = all.filter((bead) => bead.landedAs !== null).length;
  const count = `${landed} of ${all.length} ${all.length === 1 ? 'bead' : 'beads'} landed`;
  const pull = convoy.pullRequest ? `Pull request #${convoy.pullRequest.number} is open.` : '';
  if (convoy.ended?.how === 'landed')
    return `### 🏁 Landed\n${count}. Merged in ${convoy.ended.reason.slice(0, 9)}.${takenBack(convoy)}`;
  if (convoy.ended?.how === 'cancelled')
    return `### Cancelled\n${inlineUntrusted(convoy.ended.reason, 1000)}${branchKept(convoy)}`;
  if (convoy.ended?.how === 'failed')
    return `### ⚠ Nothing to show\n${inlineUntrusted(convoy.ended.reason, 1000)}`;
  if (convoy.engineLost)
    return `### ⏳ Waiting for the Docker engine\n${count}. ${inlineUntrusted(convoy.engineLost.reason, 300)} What needs a container goes on by itself once it answers.`;
  if (convoy.plan.proposed && !convoy.plan.proposed.stale) {
    return `### 📋 A plan waits for approval\nIt is posted below: \`/approve ${convoy.plan.proposed.hash}\`.`;
  }
  if (convoy.pullRequest && pullRequestAwaitsApproval(convoy))
    return `### ✋ Waits for you\n${count}. ${pull} It is a draft until someone approves what it says there.`;
  if (convoy.pullRequest) return `### ✅ Ready for review\n${count}. ${pull} It waits for your review.`;
  if (convoy.paused) return `### ⏸ Paused\n${count}. ${pausedUntil[convoy.pauseCause ?? 'person']}`;
  if (all.length === 0 && convoy.opened.kind === 'crew')
    return '### 💬 The crew is here\n`/crew question` talks with it; `/crew land` makes a bead of what it changed.';
  if (all.length === 0) return '### 🏗 The Mayor is reading the task\nBeads will appear here.';
  return `### 🏗 At work\n${count}.`;
}

const pausedUntil = {
  person: '`/resume` goes on.',
  'label-removed': 'Its label was taken away: setting it again, or `/resume`, goes on.',
  'rig-away': 'Nothing could be written to the repository.',
} as const;

/** The one bead of a `polecat` order has no issue of its own to show it. */
function heldOrder(convoy: Convoy): string {
  const bead = convoy.opened.kind === 'polecat' ? convoy.beads.get(1) : undefined;
  return bead === undefined ? '' : heldChange(convoy, bead, heldLengthMax);
}

const takenBack = ({ reverted }: Convoy): string =>
  reverted === null ? '' : ` **Reverted** by ${inlineUntrusted(reverted.by, 60)} in ${reverted.commit}.`;

function branchKept(convoy: Convoy): string {
  const until = branchesGoAt(convoy)?.toISOString().slice(0, 10);
  const pushed = convoy.effects.some((effect) => effect.kind === 'push-branch');
  if (until === undefined || !pushed || convoy.branchesDeleted) return '';
  return `\n\nIts branch \`gas-town/convoy-${convoy.opened.issue}\` is kept until ${until}.`;
}

function table(convoy: Convoy, titleLengthMax: number): string {
  if (convoy.beads.size === 0) return '';
  const rows = beads(convoy).map((bead) => {
    const issue = issueNumberOf(convoy, bead.number);
    const spent = convoy.spentByBead.get(bead.number);
    const title = inlineUntrusted(bead.title, titleLengthMax);
    const where = issue === null ? '' : `#${issue}`;
    const cost = spent ? `${tokens(spent.inputTokens + spent.outputTokens)}` : '';
    return `| ${beadIcon(bead)} ${bead.number} | ${title} | ${where} | ${beadStanding(convoy, bead)} | ${cost} |`;
  });
  return ['| Bead | What | Issue | Where it stands | Tokens |', '|---|---|---|---|---:|', ...rows].join('\n');
}

/** Mermaid labels hold a number and our own words alone: no title of a model's can break the drawing. */
function graph(convoy: Convoy): string {
  const all = beads(convoy);
  if (!all.some((bead) => bead.needs.length > 0)) return '';
  const nodes = all.map(
    (bead) => `  b${bead.number}["${beadIcon(bead)} ${bead.number}"]:::${standingOf(bead)}`,
  );
  const edges = all.flatMap((bead) => bead.needs.map((need) => `  b${need} --> b${bead.number}`));
  const colours = [
    '  classDef landed fill:#2da44e,color:#fff',
    '  classDef in_progress fill:#bf8700,color:#fff',
    '  classDef blocked fill:#cf222e,color:#fff',
  ];
  return ['```mermaid', 'graph LR', ...nodes, ...edges, ...colours, '```'].join('\n');
}

function integration(convoy: Convoy): string {
  const { verified, red } = convoy;
  if (red)
    return `**Verification is red**: \`${code(red.command)}\` ended with ${exit(red)} on \`${red.commit.slice(0, 9)}\`.`;
  if (!verified) return '';
  const head = `\`${verified.commit.slice(0, 9)}\``;
  if (verified.command === null)
    return `**Head** ${head}. No verification command is known, so nothing was shown.`;
  return `**Head** ${head}, verified by \`${code(verified.command)}\` in ${(verified.durationMs / 1000).toFixed(1)} s.`;
}

const code = (command: string | null): string => inlineUntrusted(command ?? '', 120);
const exit = (red: { exitCode: number | null; timedOut: boolean }): string =>
  red.timedOut ? 'a time-out' : `status ${red.exitCode ?? 'unknown'}`;

function mayorsWords(convoy: Convoy, lengthMax: number): string {
  const report = convoy.mayor?.reported?.report ?? '';
  if (report === '') return '';
  return `<details><summary>The Mayor's report</summary>\n\n${quoteUntrusted(report, lengthMax)}\n\n</details>`;
}

/** The order stands as it was labelled; people are told of what was changed in it since. */
function edited({ hands }: Convoy): string {
  const edits = hands.filter(
    ({ bead, what }) => bead === null && (what === 'issue-edited' || what === 'issue-retitled'),
  );
  const last = edits.at(-1);
  if (last === undefined) return '';
  const times = edits.length === 1 ? '' : ` (${edits.length} times)`;
  return `**Edited since**${times}, last by ${inlineUntrusted(last.by, 60)}: not obeyed. The order is the text as it was labelled.`;
}

function footer(convoy: Convoy): string {
  const { spent, budgetUsd } = convoy;
  const cap = budgetUsd === null ? '' : ` of $${budgetUsd.toFixed(2)}`;
  const sum = tokens(spent.inputTokens + spent.outputTokens);
  return `<sub>${sum} tokens · $${spent.usd.toFixed(2)}${cap} · ordered by ${inlineUntrusted(convoy.opened.labelledBy, 60)} · the text is taken as it stood when the label was set${hiddenText(convoy)}</sub>`;
}

/** People are told that the text held what they could not see. */
function hiddenText({ opened }: Convoy): string {
  if (opened.removed === undefined) return '';
  return `, without what was hidden in it (${inlineUntrusted(opened.removed.join(', '), 300)})`;
}

function tokens(count: number): string {
  return count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`;
}
