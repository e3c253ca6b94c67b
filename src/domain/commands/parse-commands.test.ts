import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandTable } from './command-table.ts';
import { parseCommands } from './parse-commands.ts';

const names = (body: string): string[] =>
  parseCommands(body).map((one) => (one.kind === 'argument-missing' ? `${one.entry.name}?` : one.name));

describe('commands in a comment', () => {
  it('are lines that start with a slash', () => {
    expect(names('Thanks!\n/pause\nand later\n/resume')).toEqual(['pause', 'resume']);
    expect(names(' /pause\nplease /resume\n> /stop\n//stop\n/ stop\n/1')).toEqual([]);
  });

  it('carry the rest of their line', () => {
    expect(parseCommands('/Retry  use the other parser \r\n')).toEqual([
      {
        kind: 'command',
        name: 'retry',
        argument: 'use the other parser',
        line: '/Retry  use the other parser',
      },
    ]);
    expect(names('/note\n/note keep it small')).toEqual(['note?', 'note']);
  });

  it('are not looked for in code or in hidden text', () => {
    expect(names('```\n/stop\n```\n/status')).toEqual(['status']);
    expect(names('~~~sh\n/stop\n```\n/stop\n~~~\n/status')).toEqual(['status']);
    expect(names('<!--\n/stop\n-->\n/status')).toEqual(['status']);
    expect(names('```\n/stop')).toEqual([]);
    expect(names('<!-- \n/stop')).toEqual([]);
  });

  it('are known by name or said to be unknown', () => {
    expect(parseCommands('/destroy everything')).toEqual([
      { kind: 'unknown', name: 'destroy', line: '/destroy everything' },
    ]);
  });

  it('are at most ten, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(parseCommands(text).length).toBeLessThanOrEqual(10);
      }),
    );
    expect(parseCommands('/status\n'.repeat(50))).toHaveLength(10);
  });

  it('survive any text around them', () => {
    const prose = fc
      .array(fc.string({ maxLength: 60 }), { maxLength: 8 })
      .map((lines) => lines.map((line) => line.replaceAll(/[\r\n/`~<]/g, '')));
    fc.assert(
      fc.property(prose, prose, fc.constantFrom(...commandTable), (before, after, entry) => {
        const line = `/${entry.name} ${entry.argument || ''}`.trimEnd();
        expect(names([...before, line, ...after].join('\n'))).toEqual([entry.name]);
      }),
    );
  });
});
