import type { FailedAttempt } from '../../domain/bead/bead.ts';
import { commandTable } from '../../domain/commands/command-table.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { fenceUntrusted, inlineUntrusted } from '../../domain/text/quote-untrusted.ts';
import type { Quota } from '../ports/hub.ts';
import { beadStanding } from './bead-line.ts';
import { statusComment } from './status-comment.ts';

const places = {
  bead: "the bead's issue",
  convoy: "the convoy's issue or pull request",
  any: 'either',
} as const;

/** The list of commands; the documents are made from the same table. */
export function commandHelp(): string {
  const rows = commandTable.map((entry) => {
    const usage = entry.argument === '' ? `/${entry.name}` : `/${entry.name} ${entry.argument}`;
    return `| \`${usage}\` | ${places[entry.scope]} | ${entry.does} |`;
  });
  return ['| Command | Written on | What it does |', '|---|---|---|', ...rows].join('\n');
}

export function commandUsage(name: string): string {
  return `There is no command \`/${inlineUntrusted(name, 31)}\`. \`/help\` lists those that there are.`;
}

/** Where the convoy stands, and how much GitHub takes yet. */
export function commandStatus(convoy: Convoy, quota: Quota | null): string {
  const left =
    quota === null
      ? ''
      : `\n\n<sub>GitHub takes ${quota.remaining} of ${quota.limit} requests more until ${quota.resetAt.slice(11, 16)} UTC.</sub>`;
  return `${statusComment(convoy)}${left}`;
}

/** Why a bead stands where it stands: what it waits for, who has it, what became of earlier attempts, what it cost. */
export function commandWhy(convoy: Convoy, number: number): string {
  const bead = convoy.beads.get(number);
  if (bead === undefined) return `Bead ${number} not found.`;
  const spent = convoy.spentByBead.get(number);
  const cost = spent
    ? `${spent.inputTokens + spent.outputTokens} tokens, $${spent.usd.toFixed(2)}`
    : 'nothing yet';
  const lines = [
    `Bead ${number} is **${beadStanding(convoy, bead)}**.`,
    `Created by ${inlineUntrusted(bead.createdBy, 60)}; ${bead.slung ? `slung to ${inlineUntrusted(bead.topic, 60)}` : 'not slung'}; ${bead.attempts} ${bead.attempts === 1 ? 'attempt' : 'attempts'}; spent: ${cost}.`,
    bead.blockedBecause === null ? '' : `Blocked because: ${inlineUntrusted(bead.blockedBecause, 500)}`,
    ...bead.failures.map(failure),
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function failure(one: FailedAttempt): string {
  return `Attempt ${one.attempt} was ${one.how}: ${inlineUntrusted(one.reason, 300)}\n\n${fenceUntrusted(one.detail, 2000)}`;
}
