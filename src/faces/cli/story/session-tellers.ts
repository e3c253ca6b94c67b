import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import type { Told } from './story-line.ts';
import { bad, quiet, type Tellers } from './tellers.ts';
import { toolLine } from './tool-line.ts';

/** Calls that come as events of the convoy too, where more is known of them. */
const toldByTheConvoy: ReadonlySet<string> = new Set(['bead', 'sling', 'await_beads', 'report']);

/** What an agent said and did. */
export const sessionTellers = {
  ModelReplied: ({ data }) => {
    const said = forTerminal(data.text).trim();
    const lines: Told[] = said === '' ? [] : [{ tone: 'plain', text: 'says', body: said, said: true }];
    const calls = data.toolCalls.filter(({ name }) => !toldByTheConvoy.has(name));
    return [...lines, ...calls.map((call) => quiet(toolLine(call.name, call.arguments)))];
  },
  ToolFinished: ({ data }) =>
    data.failed ? bad(`${onOneLine(data.name, 40)}: ${onOneLine(data.result, 160)}`) : null,
  ContextCompacted: () => quiet('made room in its context by a summary'),
  SessionSuspended: () => quiet('waits'),
  SessionNudged: ({ data }) => quiet(`is told by ${onOneLine(data.by, 40)}: ${onOneLine(data.text, 200)}`),
  SessionReminded: () => quiet('is reminded that its work is not concluded'),
  SessionEnded: ({ data: { outcome, detail } }) =>
    outcome === 'finished' || outcome === 'done'
      ? null
      : bad(`ended: ${outcome}${detail ? `, ${onOneLine(detail, 200)}` : ''}`),
} satisfies Tellers;
