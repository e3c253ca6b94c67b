import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import { beadRow } from '../view/live/bead-row.ts';
import type { FoundBead } from './find-bead.ts';
import type { Report } from './report.ts';

/** Everything that is known of one bead. */
export function beadReport({ convoy, bead }: FoundBead): Report {
  const spent = convoy.spentByBead.get(bead.number);
  const id = `${convoy.opened.issue}.${bead.number}`;
  const { standing } = beadRow(convoy.beads, bead);
  const tokens = spent ? spent.inputTokens + spent.outputTokens : 0;
  const json = { id, ...bead, standing, tokens, costUsd: spent?.usd ?? 0 };
  const lines: readonly (readonly [string, string])[] = [
    ['standing', standing],
    ['assignee', bead.slung ? `polecat ${onOneLine(bead.topic, 60)}` : 'nobody'],
    ['needs', bead.needs.map((need) => `${convoy.opened.issue}.${need}`).join(', ')],
    ['attempts', String(bead.attempts)],
    ['outcome', outcomeText(bead.outcome)],
    ['landed as', bead.landedAs ?? ''],
    ['blocked', bead.blockedBecause === null ? '' : onOneLine(bead.blockedBecause, 200)],
    ['spent', `${tokens.toLocaleString('en-US')} tokens, $${(spent?.usd ?? 0).toFixed(4)}`],
  ];
  const text = [
    `${id} ${onOneLine(bead.title, 120)}`,
    ...lines.filter(([, value]) => value !== '').map(([name, value]) => `  ${name.padEnd(10)} ${value}`),
    ...paragraph('What to do', bead.description),
    ...paragraph('Done when', bead.acceptance),
    ...bead.notes.flatMap((note) =>
      paragraph(`Note by ${onOneLine(note.by.replace(':', ' '), 60)}`, note.text),
    ),
    ...bead.failures.flatMap(({ attempt, how, reason, detail }) =>
      paragraph(`Attempt ${attempt} was ${how}: ${onOneLine(reason, 160)}`, detail),
    ),
  ];
  return { text: `${text.join('\n')}\n`, json: [json] };
}

function outcomeText(outcome: FoundBead['bead']['outcome']): string {
  if (outcome === null) return '';
  if (outcome.kind === 'no-changes') return `no changes: ${onOneLine(outcome.reason, 200)}`;
  return `commit ${outcome.commit}, ${outcome.files} ${outcome.files === 1 ? 'file' : 'files'}`;
}

function paragraph(title: string, body: string): readonly string[] {
  const text = forTerminal(body).trim();
  return text === '' ? [] : ['', `${title}:`, ...text.split('\n').map((line) => `  ${line}`)];
}
