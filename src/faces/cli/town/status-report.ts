import { isDelivered } from '../../../domain/bead/derive.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { onOneLine } from '../view/for-terminal.ts';
import type { TownMemory } from './read-town.ts';
import type { Report } from './report.ts';

/** Each convoy in a few lines: where it stands, who is at work, what it cost. */
export function statusReport({ convoys }: TownMemory): Report {
  if (convoys.length === 0) return { text: 'No convoy was opened yet.\n', json: [] };
  const all = convoys.map(standing);
  return { text: all.map(text).join('\n'), json: all };
}

function standing(convoy: Convoy) {
  const { opened, pullRequest, spent } = convoy;
  const beads = [...convoy.beads.values()];
  return {
    convoy: opened.issue,
    repository: `${opened.repository.owner}/${opened.repository.name}`,
    title: opened.title,
    openedAt: convoy.openedAt,
    status: statusOf(convoy),
    reason: convoy.ended?.reason ?? '',
    beads: beads.length,
    landed: beads.filter(isDelivered).length,
    atWork: beads
      .filter(({ status }) => status === 'in_progress')
      .map(({ number, topic }) => ({ bead: number, polecat: topic })),
    pullRequest,
    verification: verificationOf(convoy),
    tokens: spent.inputTokens + spent.outputTokens,
    costUsd: spent.usd,
  };
}

type Standing = ReturnType<typeof standing>;

function statusOf({ ended, paused, pullRequest }: Convoy): string {
  if (ended) return ended.how;
  if (paused) return 'paused';
  return pullRequest === null ? 'open' : 'in review';
}

function verificationOf({ verified, red }: Convoy): 'passed' | 'failed' | 'none' {
  if (red !== null) return 'failed';
  return verified === null || verified.command === null ? 'none' : 'passed';
}

function text(one: Standing): string {
  const atWork = one.atWork.map(({ bead, polecat }) => `${onOneLine(polecat, 40)} (bead ${bead})`).join(', ');
  const lines: readonly (readonly [string, string])[] = [
    ['status', one.reason === '' ? one.status : `${one.status}: ${onOneLine(one.reason, 200)}`],
    ['beads', `${one.landed} of ${one.beads} landed`],
    ['at work', atWork],
    ['pull request', one.pullRequest ? `#${one.pullRequest.number} ${one.pullRequest.url}` : ''],
    ['verification', one.verification],
    ['spent', `${one.tokens.toLocaleString('en-US')} tokens, $${one.costUsd.toFixed(4)}`],
  ];
  const shown = lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name.padEnd(13)} ${value}\n`);
  return `#${one.convoy} ${onOneLine(one.title, 100)}\n${shown.join('')}`;
}
