import { describe, expect, it } from 'vitest';
import { smallConvoy } from '../../../../testing/events/small-convoy.ts';
import { beadRow } from './bead-row.ts';
import { type Board, boardAfterEvent, boardAfterProgress, emptyBoard, mergeQueue } from './board.ts';
import { clock, short } from './screen.ts';

const until = (type: string): Board => {
  const end = smallConvoy.findIndex((event) => event.type === type);
  return smallConvoy.slice(0, end + 1).reduce(boardAfterEvent, emptyBoard);
};

describe('the board', () => {
  it('shows who is at work, until their session ends', () => {
    expect(until('LeaseGranted').agents.map(({ name }) => name)).toEqual(['mayor']);
    expect(until('ToolFinished').agents.map(({ name, tokens }) => [name, tokens])).toEqual([
      ['mayor', 1200],
      ['polecat first part', 1200],
    ]);
    expect(until('SessionEnded').agents.map(({ name }) => name)).toEqual(['mayor']);
    expect(until('SessionEnded').tokens).toBe(2400);
  });

  it('shows what an agent does at this moment', () => {
    const board = until('LeaseGranted');
    const session = board.agents[0]?.session ?? '';
    const who = { session, role: 'mayor', actor: 'mayor', convoy: 'convoy/7/1', bead: null } as const;
    const doing = (...pieces: string[]): string | undefined =>
      pieces.reduce(
        (now, piece) => boardAfterProgress(now, { ...who, kind: 'text', piece }),
        boardAfterProgress(board, { ...who, kind: 'asking', turn: 2, model: 'big' }),
      ).agents[0]?.doing;
    expect(doing()).toBe('asks big');
    expect(doing('Now ', 'I wait\u001b[2J')).toBe('Now I wait');
    const tool = {
      ...who,
      kind: 'tool-started',
      callId: 'c',
      name: 'shell',
      arguments: '{"command":"ls"}',
    } as const;
    expect(boardAfterProgress(board, tool).agents[0]?.doing).toBe('$ ls');
  });

  it('follows a bead from open to landed', () => {
    const rows = (type: string): string[] => {
      const { convoy } = until(type);
      return convoy ? [...convoy.beads.values()].map((bead) => beadRow(convoy.beads, bead).standing) : [];
    };
    expect(rows('BeadSlung')).toEqual(['next in line', 'not ordered']);
    expect(rows('LeaseGranted')).toEqual(['being worked', 'waits for 1']);
    expect(rows('BeadClosed')).toEqual(['waits to land', 'waits for 1']);
    expect(rows('BeadLanded')).toEqual(['landed', 'next in line']);
  });

  it('names the beads that wait for the Refinery', () => {
    const queue = (type: string) => mergeQueue([...(until(type).convoy?.beads.values() ?? [])]);
    expect(queue('BeadClosed')).toEqual([1]);
    expect(queue('BeadLanded')).toEqual([]);
  });
});

it('writes counts and times short', () => {
  expect([0, 999, 1000, 12_345, 4_500_000].map(short)).toEqual(['0', '999', '1.0k', '12.3k', '4.5M']);
  expect([7_000, 754_000, 3_723_000].map(clock)).toEqual(['0:07', '12:34', '1:02:03']);
});
