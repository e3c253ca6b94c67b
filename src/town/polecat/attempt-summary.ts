import type { RecordedEvent } from '../../domain/event.ts';

const callsShown = 12;
const lengthShown = 300;

/** What the next attempt is told of this one: its last words, and the last things that it did with their results. */
export function attemptSummary(events: readonly RecordedEvent[]): string {
  const words = events.findLast((event) => event.type === 'ModelReplied' && event.data.text !== '');
  const calls = events.flatMap((event) => {
    if (event.type !== 'ToolFinished') return [];
    const result = event.data.result.replaceAll(/\s+/g, ' ').slice(0, lengthShown);
    return [`- ${event.data.name}${event.data.failed ? ' (failed)' : ''}: ${result}`];
  });
  const said =
    words?.type === 'ModelReplied' ? `Last words: ${words.data.text.slice(0, 2000)}` : 'It said nothing.';
  return [said, ...(calls.length > 0 ? ['Last steps:', ...calls.slice(-callsShown)] : [])].join('\n');
}
