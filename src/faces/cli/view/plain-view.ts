import { tellProgress } from '../story/progress-story.ts';
import type { StoryLine } from '../story/story-line.ts';
import { Storyteller } from '../story/storyteller.ts';
import { forTerminal } from './for-terminal.ts';
import { summaryLines } from './summary-lines.ts';
import type { View, Write } from './view.ts';

const nameWidth = 26;

/**
 * The story in lines, for pipes, logs and terminals without colours. An agent's text comes whole, when its reply is complete:
 * parallel agents never run into each other.
 */
export function createPlainView(write: Write): View {
  const storyteller = new Storyteller();
  const line = (who: string, text: string): void => write(`${who.padEnd(nameWidth)} ${text}\n`);
  return {
    recall: (event) => storyteller.recall(event),
    event: (event) => {
      for (const told of storyteller.tell(event)) write(plainLines(told));
    },
    progress: (progress) => {
      for (const { who, text } of tellProgress(progress)) line(who, text);
    },
    notice: (text) => write(`${forTerminal(text)}\n`),
    summary: (summary) => write(`\n${summaryLines(summary).join('\n')}\n`),
    close: async () => {},
  };
}

/** One told thing: who and what on the first line, what was said indented below it. */
export function plainLines({ who, text, body }: StoryLine): string {
  const first = `${who.padEnd(nameWidth)} ${text}\n`;
  if (body === undefined || body.trim() === '') return first;
  const indent = ' '.repeat(nameWidth + 1);
  return (
    first +
    body
      .trimEnd()
      .split('\n')
      .map((line) => `${indent}| ${line}\n`)
      .join('')
  );
}
