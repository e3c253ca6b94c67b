import type { RecordedEvent } from '../../../domain/event.ts';
import { actorName } from '../story/actor-name.ts';
import type { Storyteller } from '../story/storyteller.ts';
import { onOneLine } from '../view/for-terminal.ts';

/** An event on one line: version, time, who, and what happened; its data where the story says nothing of its type. */
export function formatEvent(event: RecordedEvent, storyteller: Storyteller): string {
  const told = storyteller.tell(event);
  const what =
    told.length === 0
      ? onOneLine(`${event.type} ${JSON.stringify(event.data)}`, 160)
      : told.map((line) => line.text).join('; ');
  const time = event.at.slice(0, 19).replace('T', ' ');
  return `${String(event.version).padStart(5)}  ${time}  ${actorName(event.actor)}: ${what}\n`;
}
