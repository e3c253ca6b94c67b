import { type CommandEntry, type CommandName, commandTable } from './command-table.ts';

export type ParsedCommand =
  | { readonly kind: 'command'; readonly name: CommandName; readonly argument: string; readonly line: string }
  | { readonly kind: 'unknown'; readonly name: string; readonly line: string }
  | { readonly kind: 'argument-missing'; readonly entry: CommandEntry; readonly line: string };

const commandsMax = 10;
const argumentLengthMax = 4000;
const commandLine = /^\/([A-Za-z][A-Za-z-]{0,30})(?:[ \t]+(.*))?$/;

/**
 * The commands in a comment, in order, at most ten: lines that start with `/` at the very margin, outside code fences and
 * HTML comments. A quotation starts with `>` and so is never one.
 */
export function parseCommands(body: string): readonly ParsedCommand[] {
  const found: ParsedCommand[] = [];
  let fence: string | null = null;
  for (const line of body.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '').split(/\r\n|\n|\r/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && mark) fence = mark;
    else if (fence !== null && mark && mark[0] === fence[0] && mark.length >= fence.length) fence = null;
    else if (fence === null && found.length < commandsMax) found.push(...commandOf(line.trimEnd()));
  }
  return found;
}

function commandOf(line: string): ParsedCommand[] {
  const match = commandLine.exec(line);
  if (!match) return [];
  const name = (match[1] ?? '').toLowerCase();
  const argument = (match[2] ?? '').trim().slice(0, argumentLengthMax);
  const entry = commandTable.find((one) => one.name === name);
  if (entry === undefined) return [{ kind: 'unknown', name, line }];
  if (entry.argumentNeeded && argument === '') return [{ kind: 'argument-missing', entry, line }];
  return [{ kind: 'command', name: entry.name, argument, line }];
}
