import type { Logger } from 'pino';
import type { RecordedEvent } from '../../../domain/event.ts';
import type { Progress } from '../../../town/town.ts';
import { Storyteller } from '../../cli/story/storyteller.ts';
import type { Correlations } from './correlations.ts';

/** Writes what happens into a log, each event with its correlation. */
export interface LogView {
  event(event: RecordedEvent): void;
  progress(progress: Progress): void;
}

export function createLogView(log: Logger, correlations: Correlations): LogView {
  const storyteller = new Storyteller();
  return {
    event(event) {
      const told = storyteller.tell(event);
      const bad = told.some(({ tone }) => tone === 'bad');
      const level = bad ? 'warn' : told.length > 0 ? 'info' : 'debug';
      const words = told.map(({ who, text }) => `${who} ${text}`).join('; ');
      log[level](fieldsOf(event, correlations.of(event)), words === '' ? event.type : words);
    },
    progress(progress) {
      if (progress.kind === 'trouble') {
        const { convoy, step, message, retryInMs } = progress;
        log.error({ convoy, step, retryInMs }, message);
      } else if (progress.kind === 'retrying' || progress.kind === 'falling-back') {
        const { kind, session, convoy, bead, failed } = progress;
        log.warn({ kind, session, convoy, bead }, failed);
      } else if (progress.kind === 'setup') {
        log.debug({ convoy: progress.convoy }, progress.text);
      }
    },
  };
}

/** Where an event belongs, and the commits that it speaks of; never the texts of people or models. */
function fieldsOf(event: RecordedEvent, correlation: string): object {
  const { type, stream, version, position, actor, cause, data } = event;
  const bead = 'bead' in data && typeof data.bead === 'number' ? { bead: data.bead } : {};
  return { correlation, event: type, stream, version, position, actor, cause, ...bead, ...commitOf(event) };
}

function commitOf({ data }: RecordedEvent): { readonly commit?: string } {
  if ('commit' in data && typeof data.commit === 'string') return { commit: data.commit };
  if ('sha' in data) return { commit: data.sha };
  if ('outcome' in data && typeof data.outcome === 'object' && data.outcome.kind === 'change') {
    return { commit: data.outcome.commit };
  }
  return {};
}
