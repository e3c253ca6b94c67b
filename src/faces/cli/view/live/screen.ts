import { Box, Static, Text } from 'ink';
import { createElement as h, type ReactElement } from 'react';
import type { Convoy } from '../../../../domain/convoy/state.ts';
import type { StoryLine } from '../../story/story-line.ts';
import { onOneLine } from '../for-terminal.ts';
import { beadRow } from './bead-row.ts';
import { type AgentRow, type Board, mergeQueue } from './board.ts';
import { MarkdownText } from './markdown-text.ts';

export interface Told extends StoryLine {
  readonly id: number;
}

export interface ScreenProps {
  /** What has happened so far: printed once each, above the live part. */
  readonly told: readonly Told[];
  readonly board: Board;
  readonly elapsedMs: number;
  readonly columns: number;
  readonly rows: number;
}

/** The scroll-back, and below it the live part: beads, agents, queue, spend. */
export function Screen({ told, board, elapsedMs, columns, rows }: ScreenProps): ReactElement {
  const history = {
    items: [...told],
    children: (line: Told) => h(StoryRow, { key: line.id, line, columns }),
  };
  return h(
    Box,
    { flexDirection: 'column' },
    h(Static<Told>, history),
    board.convoy ? h(Live, { board, convoy: board.convoy, elapsedMs, columns, rows }) : null,
  );
}

const toneColor = { plain: undefined, quiet: 'gray', good: 'green', bad: 'red' } as const;

function StoryRow(props: { readonly line: StoryLine; readonly columns: number }): ReactElement {
  const { line, columns } = props;
  const color = toneColor[line.tone];
  const body = line.body?.trimEnd();
  return h(
    Box,
    { flexDirection: 'column', width: columns },
    h(
      Box,
      null,
      h(Box, { width: 26, flexShrink: 0 }, h(Text, { bold: true, wrap: 'truncate' }, line.who)),
      h(Box, { flexGrow: 1, flexShrink: 1 }, h(Text, color ? { color } : null, line.text)),
    ),
    body
      ? h(
          Box,
          { marginLeft: 26 },
          line.said ? h(MarkdownText, { text: body }) : h(Text, { italic: true }, body),
        )
      : null,
  );
}

type LiveProps = Omit<ScreenProps, 'told'> & { readonly convoy: Convoy };

function Live({ board, convoy, elapsedMs, columns, rows }: LiveProps): ReactElement {
  const width = Math.max(20, columns - 4);
  const beads = [...convoy.beads.values()];
  const room = Math.max(3, Math.floor(rows / 2) - 4);
  const shownBeads = beads.slice(0, room);
  const queue = mergeQueue(beads);
  return h(
    Box,
    { flexDirection: 'column', borderStyle: 'round', borderColor: 'gray', width: columns, paddingX: 1 },
    h(
      Text,
      { bold: true, wrap: 'truncate' },
      onOneLine(`#${convoy.opened.issue} ${convoy.opened.title}`, width),
    ),
    ...shownBeads.map((bead) => h(BeadLine, { key: `b${bead.number}`, convoy, number: bead.number, width })),
    more(beads.length - shownBeads.length, 'beads'),
    ...board.agents.slice(0, room).map((agent) => h(AgentLine, { key: agent.session, agent, width })),
    more(board.agents.length - room, 'agents'),
    queue.length > 0 ? h(Text, { color: 'cyan' }, `merge queue: ${queue.join(', ')}`) : null,
    h(Text, { color: 'gray', wrap: 'truncate' }, footer(board, convoy, elapsedMs)),
  );
}

function BeadLine(props: { readonly convoy: Convoy; readonly number: number; readonly width: number }) {
  const { convoy, number, width } = props;
  const bead = convoy.beads.get(number);
  if (!bead) return null;
  const { icon, color, standing } = beadRow(convoy.beads, bead);
  const title = onOneLine(`${number} ${bead.title}`, Math.max(10, width - standing.length - 4));
  return h(
    Box,
    { justifyContent: 'space-between' },
    h(Text, { wrap: 'truncate' }, h(Text, { color }, icon), ` ${title}`),
    h(Text, { color }, standing),
  );
}

function AgentLine({ agent, width }: { readonly agent: AgentRow; readonly width: number }): ReactElement {
  const tokens = `${short(agent.tokens)} tok`;
  const doing = onOneLine(agent.doing, Math.max(10, width - 26 - tokens.length - 2));
  return h(
    Box,
    null,
    h(Box, { width: 26, flexShrink: 0 }, h(Text, { color: 'magenta', wrap: 'truncate' }, `▸ ${agent.name}`)),
    h(Box, { flexGrow: 1 }, h(Text, { wrap: 'truncate' }, doing)),
    h(Text, { color: 'gray' }, tokens),
  );
}

function footer({ tokens }: Board, { spent, beads }: Convoy, elapsedMs: number): string {
  const all = [...beads.values()];
  const landed = all.filter((bead) => bead.landedAs !== null).length;
  return `${landed} of ${all.length} landed · ${short(tokens)} tokens · $${spent.usd.toFixed(4)} · ${clock(elapsedMs)}`;
}

const more = (count: number, what: string): ReactElement | null =>
  count > 0 ? h(Text, { key: `more ${what}`, color: 'gray' }, `… and ${count} more ${what}`) : null;

/** 950, 12.3k, 4.5M. */
export function short(count: number): string {
  if (count < 1000) return String(count);
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

/** 0:07, 12:34, 1:02:03. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${h > 0 ? String(m).padStart(2, '0') : m}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}
