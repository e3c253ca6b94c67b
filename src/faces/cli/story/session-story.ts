import type { RecordedEvent } from '../../../domain/event.ts';
import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import type { Told } from './story-line.ts';
import { toolLine } from './tool-line.ts';

/** Calls that come as events of the convoy too, where more is known of them. */
const toldByTheConvoy: ReadonlySet<string> = new Set(['bead', 'sling', 'await_beads', 'report']);

/** What an agent said and did, a line for each thing; none for what people need not see. */
export function tellSession(event: RecordedEvent): readonly Told[] {
  switch (event.type) {
    case 'ModelReplied':
      return tellReply(event.data.text, event.data.toolCalls);
    case 'ToolFinished':
      if (!event.data.failed) return [];
      return [{ tone: 'bad', text: `${event.data.name}: ${onOneLine(event.data.result, 160)}` }];
    case 'ContextCompacted':
      return [{ tone: 'quiet', text: 'made room in its context by a summary' }];
    case 'SessionSuspended':
      return [{ tone: 'quiet', text: 'waits' }];
    case 'SessionEnded': {
      const { outcome, detail } = event.data;
      if (outcome === 'finished' || outcome === 'done') return [];
      return [{ tone: 'bad', text: `ended: ${outcome}${detail ? `, ${onOneLine(detail, 200)}` : ''}` }];
    }
    default:
      return [];
  }
}

function tellReply(
  text: string,
  calls: readonly { readonly name: string; readonly arguments: string }[],
): readonly Told[] {
  const said = forTerminal(text).trim();
  const lines: Told[] = said === '' ? [] : [{ tone: 'plain', text: 'says', body: said }];
  for (const call of calls) {
    if (toldByTheConvoy.has(call.name)) continue;
    lines.push({ tone: 'quiet', text: toolLine(call.name, call.arguments) });
  }
  return lines;
}
