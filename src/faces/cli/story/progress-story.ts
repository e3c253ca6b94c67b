import type { Progress } from '../../../town/town.ts';
import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import { actorName } from './actor-name.ts';
import type { StoryLine } from './story-line.ts';

/** What is worth a line although it is no fact of the ledger: set-up output, and what is tried again. */
export function tellProgress(progress: Progress): readonly StoryLine[] {
  switch (progress.kind) {
    case 'setup':
      return forTerminal(progress.text)
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) => ({ who: 'setup', tone: 'quiet', text }));
    case 'trouble': {
      const next = progress.retryInMs === null ? '' : `, again in ${seconds(progress.retryInMs)}`;
      return [
        { who: 'town', tone: 'bad', text: `${progress.step}: ${onOneLine(progress.message, 400)}${next}` },
      ];
    }
    case 'retrying': {
      const text = `the model did not answer (${onOneLine(progress.failed, 160)}), again in ${seconds(progress.delayMs)}`;
      return [{ who: actorName(progress.actor), tone: 'quiet', text }];
    }
    case 'falling-back': {
      const text = `${onOneLine(progress.failed, 160)}: goes on with ${onOneLine(progress.model, 80)}`;
      return [{ who: actorName(progress.actor), tone: 'quiet', text }];
    }
    default:
      return [];
  }
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;
