import { render } from 'ink';
import { createElement } from 'react';
import { tellProgress } from '../../story/progress-story.ts';
import type { StoryLine } from '../../story/story-line.ts';
import { Storyteller } from '../../story/storyteller.ts';
import { forTerminal } from '../for-terminal.ts';
import { summaryLines } from '../summary-lines.ts';
import type { View } from '../view.ts';
import { boardAfterEvent, boardAfterProgress, emptyBoard } from './board.ts';
import { Screen, type Told } from './screen.ts';

export interface LiveTerminal {
  readonly stdout: NodeJS.WriteStream;
  /** Milliseconds on any clock that never goes back. */
  readonly now: () => number;
}

/** The story as scroll-back, and below it what happens at this moment, redrawn in place. */
export function createLiveView({ stdout, now }: LiveTerminal): View {
  const storyteller = new Storyteller();
  const startedAt = now();
  const told: Told[] = [];
  let board = emptyBoard;
  let open = true;
  const screen = () =>
    createElement(Screen, {
      told: [...told],
      board,
      elapsedMs: now() - startedAt,
      columns: stdout.columns || 80,
      rows: stdout.rows || 24,
    });
  const ink = render(screen(), { stdout, exitOnCtrlC: false, patchConsole: false });
  const show = (lines: readonly StoryLine[]): void => {
    if (!open) return;
    for (const line of lines) told.push({ id: told.length, ...line });
    ink.rerender(screen());
  };
  // The clock on the screen goes on while nobody does anything.
  const tick = setInterval(() => show([]), 1000);
  tick.unref();
  return {
    recall: (event) => {
      board = boardAfterEvent(board, event);
      storyteller.recall(event);
    },
    event: (event) => {
      board = boardAfterEvent(board, event);
      show(storyteller.tell(event));
    },
    progress: (progress) => {
      board = boardAfterProgress(board, progress);
      show(tellProgress(progress));
    },
    notice: (text) => show([{ who: 'gastown', tone: 'quiet', text: forTerminal(text) }]),
    summary: (summary) => {
      board = emptyBoard;
      const [text = '', ...rest] = summaryLines(summary);
      show([{ who: 'gastown', tone: summary.ok ? 'good' : 'bad', text, body: rest.join('\n') }]);
    },
    close: async () => {
      if (!open) return;
      open = false;
      clearInterval(tick);
      ink.unmount();
      await ink.waitUntilExit();
    },
  };
}
